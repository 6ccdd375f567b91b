"""Official documents: reading them, drafting an edition from them, holding an encoding against them."""
