"""What sectors are called besides their names in the profile: on sheets, in Spanish, and as people write them."""

from __future__ import annotations

from collections.abc import Mapping

SECTOR_NAMES: Mapping[str, tuple[str, ...]] = {
    "business & industry": (
        *("business", "businesses", "industry", "employer", "employers", "firm", "company"),
        *("empresas e industria", "empresa", "empresas"),
    ),
    "K-12": (
        "K-12 schools",
        "school",
        "schools",
        "school district",
        "district",
        "escuelas (K-12)",
        "escuela",
        "escuelas",
    ),
    "postsecondary": ("college", "colleges", "university", "higher education", "educación postsecundaria"),
    "convener or intermediary": (
        *("convener", "conveners", "intermediary", "intermediaries"),
        "organización coordinadora o intermediaria",
    ),
    "workforce or other public agency": (
        *("workforce", "workforce board", "workforce and public agencies", "public agency", "agency", "agencies"),
        "agencia laboral u otra agencia pública",
    ),
    "community": ("people of the community", "community organization", "community organizations", "comunidad"),
    "learners & families": (
        *(
            "families and learners",
            "learners",
            "learner",
            "students",
            "student",
            "families",
            "family",
            "parents",
            "parent",
        ),
        *("estudiantes y familias", "estudiantes", "familias"),
    ),
}
