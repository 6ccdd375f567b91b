"""The themes that a reader chooses from; `auto` is what the device says."""

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"
