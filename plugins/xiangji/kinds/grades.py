"""How serious the rules of our further kinds of records are. `rules.py` has all others."""

from __future__ import annotations

from xiangji.model.rule import ERROR, HINT, WARNING, Grade

KIND_RULES: dict[str, Grade] = {
    # Kinds of records: events
    "event-ends-early": ERROR,
    # Kinds of records: projects
    "project-ends-early": ERROR,
    "project-past": WARNING,
    # Kinds of records: what people do together
    "team-ends-early": ERROR,
    "team-unvisited": WARNING,
    "team-large": HINT,
    "service-ahead": ERROR,
    # Kinds of records: what people learn, and where they find help
    "course-ahead": ERROR,
    "course-crowded": WARNING,
    "policy-ends-early": ERROR,
    "policy-tax": WARNING,
    # Kinds of records: what people decide together
    "council-ahead": ERROR,
    "council-votes": WARNING,
    "goal-overdue": WARNING,
    "goal-no-result": WARNING,
    "proposal-waiting": WARNING,
    "proposal-no-answer": WARNING,
    "proposal-order": ERROR,
    "association-no-charter": WARNING,
    "association-left-early": ERROR,
    "association-twice": ERROR,
    "association-no-day": WARNING,
    "complaint-order": ERROR,
    "complaint-unsaid": WARNING,
    # Kinds of records: how the village tells of itself
    "show-ends-early": ERROR,
    "show-told": WARNING,
    "video-ahead": ERROR,
    "livestream-ends-early": ERROR,
    "livestream-ahead": ERROR,
    # Kinds of records: what others tell of the village
    "press-ahead": ERROR,
    "press-order": ERROR,
    "press-unread": HINT,
    # Kinds of records: honours and figures
    "honour-undocumented": WARNING,
    "honour-ahead": ERROR,
    "honour-ends-early": ERROR,
    "statistic-unsourced": WARNING,
    "statistic-ahead": ERROR,
    "statistic-issuers": HINT,
    "statistic-units": WARNING,
    "statistic-share": WARNING,
    # Kinds of records: heritage
    "heritage-undocumented": WARNING,
    "heritage-bearers": WARNING,
    "heritage-unlisted": ERROR,
    "heritage-ahead": ERROR,
    # Kinds of records: what visitors come for
    "spot-unbookable": WARNING,
    "route-empty-stop": WARNING,
    "route-season": WARNING,
    # Kinds of records: how goods get there
    "node-tier": WARNING,
    "node-capacity": HINT,
    "carrier-ends-early": ERROR,
    # What came of it, in numbers
    "indicator-unclear": WARNING,
    "indicator-unsourced": WARNING,
    "indicator-differs": WARNING,
    "indicator-twice": ERROR,
    "indicator-ahead": ERROR,
    "indicator-scale": ERROR,
    "indicator-sample": HINT,
    "indicator-part": ERROR,
    "indicator-circle": ERROR,
    "indicator-voice": HINT,
}
