"""What sectors are called besides their names in the profile: on sheets, in Spanish, and as people write them."""

from __future__ import annotations

from collections.abc import Mapping

SECTOR_NAMES: Mapping[str, tuple[str, ...]] = {
    "business & industry": (
        *("business", "businesses", "industry", "employer", "employers", "firm", "firms", "company", "companies"),
        *("business partner", "employer partner", "industry partner", "private sector"),
        *("empresas e industria", "empresa", "empresas"),
    ),
    "K-12": (
        *("K12", "K-12 schools", "K-12 education", "school", "schools", "high school", "high schools"),
        *("middle school", "secondary", "secondary education", "school district", "district", "districts"),
        *("escuelas (K-12)", "escuela", "escuelas"),
    ),
    "postsecondary": (
        *("college", "colleges", "community college", "community colleges", "technical college", "junior college"),
        *("university", "universities", "higher education", "higher ed", "postsecondary education"),
        "educación postsecundaria",
    ),
    "convener or intermediary": (
        *("convener", "conveners", "convening agency", "intermediary", "intermediaries"),
        *("chamber", "chamber of commerce"),
        "organización coordinadora o intermediaria",
    ),
    "workforce or other public agency": (
        *("workforce", "workforce board", "workforce development board", "workforce development"),
        *("workforce and public agencies", "public agency", "agency", "agencies", "state agency", "government"),
        "agencia laboral u otra agencia pública",
    ),
    "community": (
        *("people of the community", "community organization", "community organizations"),
        *("community-based organization", "nonprofit", "nonprofits", "non-profit", "comunidad"),
    ),
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
