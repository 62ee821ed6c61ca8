"""Lists that the whole country shares: whom federal law wants consulted, and the career clusters."""

from __future__ import annotations

from typing import Literal

ConsultationGroup = Literal[
    "teachers",
    "school leaders and administrators",
    "counselors and support staff",
    "college faculty and administrators",
    "workforce board",
    "business & industry",
    "parents",
    "students",
    "special populations",
    "out-of-school, homeless and at-risk youth agencies",
    "Tribes and Tribal organizations",
    "others the state requires",
]
"""Whom Perkins V, section 134, wants consulted, in our words. A state may name more."""
Cluster = Literal[
    "Advanced Manufacturing",
    "Construction",
    "Supply Chain & Transportation",
    "Education",
    "Healthcare & Human Services",
    "Public Service & Safety",
    "Arts, Entertainment & Design",
    "Hospitality, Events & Tourism",
    "Agriculture",
    "Energy & Natural Resources",
    "Financial Services",
    "Digital Technology",
    "Management & Entrepreneurship",
    "Marketing & Sales",
]
"""The 14 clusters of the National Career Clusters Framework of October 2024 (Advance CTE)."""
