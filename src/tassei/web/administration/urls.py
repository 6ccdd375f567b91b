"""Addresses of administration."""

from django.urls import path

from tassei.web.administration import (
    account_views,
    backup_views,
    erase_views,
    history_views,
    layer_views,
    overview,
    people_views,
    retention_views,
    role_views,
    sheet_views,
    unit_views,
)

urlpatterns = [
    path("", overview.overview, name="admin"),
    path("people/", people_views.listed, name="admin-people"),
    path("people/new/", people_views.edit, name="admin-person-new"),
    path("people/<int:pk>/", people_views.shown, name="admin-person"),
    path("people/<int:pk>/edit/", people_views.edit, name="admin-person-edit"),
    path("people/<int:pk>/account/", account_views.link, name="admin-account"),
    path("people/<int:pk>/close/", account_views.close, name="admin-account-close"),
    path("people/<int:pk>/grant/", role_views.give, name="admin-grant"),
    path("people/<int:pk>/erase/", erase_views.page, name="admin-erase"),
    path("roles/<int:pk>/", role_views.take, name="admin-role"),
    path("units/", unit_views.listed, name="admin-units"),
    path("units/new/", unit_views.edit, name="admin-unit-new"),
    path("units/<int:pk>/", unit_views.edit, name="admin-unit"),
    path("history/", history_views.shown, name="admin-history"),
    path("history/file/", history_views.export, name="admin-history-file"),
    path("layers/", layer_views.listed, name="admin-layers"),
    path("layers/activate/", layer_views.confirm, name="admin-layer-activate"),
    path("layers/<int:pk>/end/", layer_views.stop, name="admin-layer-end"),
    path("layers/<int:pk>/text/", layer_views.text, name="admin-layer-text"),
    path("retention/", retention_views.page, name="admin-retention"),
    path("backup/", backup_views.page, name="admin-backup"),
]
for kind in ("people", "units"):
    given = {"kind": kind}
    urlpatterns += [
        path(f"{kind}/sheet/", sheet_views.bring, given, name=f"admin-{kind}-sheet"),
        path(
            f"{kind}/sheet/<int:upload>/", sheet_views.preview, given, name=f"admin-{kind}-preview"
        ),
        path(f"{kind}/template/", sheet_views.template, given, name=f"admin-{kind}-template"),
        path(f"{kind}/file/", sheet_views.export, given, name=f"admin-{kind}-file"),
    ]
