"""lightly's transforms with the numbers of a recipe of ours; its strengths multiply by cj_strength."""

from lightly.transforms.simclr_transform import SimCLRTransform
from lightly.transforms.vicreg_transform import VICRegTransform


def transform_of(method, recipe, normalize=None):
    """`recipe` is one view's; `normalize` has mean and std, or there is none."""
    jitter = recipe["jitter"]
    common = dict(
        input_size=recipe["size"],
        cj_prob=jitter["probability"],
        cj_strength=1.0,
        cj_bright=jitter["brightness"],
        cj_contrast=jitter["contrast"],
        cj_sat=jitter["saturation"],
        cj_hue=jitter["hue"],
        min_scale=recipe["crop"]["scale"][0],
        random_gray_scale=recipe["grayscale"],
        gaussian_blur=recipe.get("blur", {"probability": 0.0})["probability"],
        hf_prob=recipe["flip"],
        normalize=normalize,
    )
    if method == "simclr":
        return SimCLRTransform(**common)
    return VICRegTransform(**common, solarize_prob=recipe["solarize"]["probability"])
