//! The texts of a project with one entry of each kind, which link to each other.

/// The least `site.yaml` with the bare theme.
pub(crate) const SITE: &str = "title: A site\ntheme: bare\n";

/// A bank with one question.
pub(crate) const BANK: &str = "\
title: Design
summary: Questions on the design of products.
categories:
  general: General
questions:
  - id: lift-queue
    prompt: How would you shorten the queue in front of a lift?
    category: general
    skills: [insight]
    level: easy
    minutes: 10
    why: Whether the candidate asks who waits, and why.
    rubric:
      - line: Users
        weak: Talks about lifts and never about those who wait
        strong: Names three groups of people and picks one with a reason
      - line: Measure
        weak: Wants a faster lift and measures nothing at all
        strong: Picks the longest wait in the morning and says why
    outline: [Ask who waits, Pick one group, Weigh three ideas]
    follow_ups:
      - q: What would you do without money?
      - q: What if half of them take the stairs?
    pitfalls: [Designs a scheduler]
    reviewed: 2026-11-01
";

/// A file of each kind; nothing in them is wrong.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
    (
        "content/index.md",
        "---\ntitle: Home\nsummary: Where all begins.\n---\n
Begin with [[step:look-within]], then [[playbook:visit]], [[worksheet:plan]],
[[project:shadow]], [[tool:rice]], [[bank:design]], [[question:lift-queue]] and
[the picture](img/picture.png). A [[term:user]] is meant.\n",
    ),
    (
        "content/steps/look-within.md",
        "---\ntitle: Look within\nsummary: Find out what you want.\norder: 1\n\
effort: 2-5 h\noutcome: You know what you want.\n\
skills: [insight]\ndone_when: [A page is written]\n---\n
## Why it matters\n\nIt saves years. See [[skill:insight#practice]].\n
## Do this\n\n- [ ] Write a page (30 min) {#write}\n
## What good looks like\n\nA page.\n\n## If it goes wrong\n\nAsk a friend.\n",
    ),
    (
        "content/playbooks/visit.md",
        "---\ntitle: Visit a customer\nsummary: How to listen.\nsteps: [look-within]\n\
skills: [insight]\naliases: [old-visit]\n---\n\n## Before\n\nBring [[worksheet:plan]].\n",
    ),
    (
        "content/worksheets/plan.md",
        "---\ntitle: Plan\nsummary: What to ask.\nsteps: [look-within]\n---\n\n\
Name: _____\n",
    ),
    (
        "content/projects/shadow.md",
        "---\ntitle: Shadow support\nsummary: Listen for a day.\n\
skills: [insight]\neffort: 3 h\nrisk: low\naccess: none\n\
evidence: Sat with support for a day.\n---\n\nGo.\n",
    ),
    (
        "content/tools/rice.md",
        "---\ntitle: RICE\nsummary: A sum for order.\n\
skills: [insight]\norigin: Somebody.\nuse_when: There are many ideas.\nhurts_when: Numbers are invented.\n\
---\n\nAdd up.\n",
    ),
    (
        "content/skills/insight.md",
        "---\ntitle: Insight\nsummary: To know people.\ngroup: insight\nlevels:\n  \
1: {text: Reads, evidence: [Read]}\n  2: {text: Asks, evidence: [Asked]}\n  \
3: {text: Leads, evidence: [Led]}\n  4: {text: Teaches, evidence: [Taught]}\n\
target: 2\nhead_start: Patience.\ngap: People.\nexercises:\n  - {id: listen, \
title: Listen, minutes: 30, permission: none, output: Notes.}\nphrases: [insight*]\n\
---\n\n## Practice\n\nListen to each user.\n",
    ),
    ("content/questions/design.yaml", BANK),
    (
        "content/glossary.yaml",
        "- id: user\n  term: user\n  meaning: Somebody who uses it.\n",
    ),
    ("content/img/picture.png", "not really a picture"),
];
