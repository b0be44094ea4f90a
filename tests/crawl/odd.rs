//! A project of everything that is unusual and allowed: names and headings beyond ASCII,
//! spaces and signs in the names of assets, queries, deep folders, aliases, drafts, terms
//! that explain each other, ids that a theme could want for itself.

/// The files of the project.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("content/site.yaml", SITE),
    ("content/index.md", INDEX),
    ("content/about.md", ABOUT),
    ("content/steps/one.md", ONE),
    ("content/steps/far/down below/two.md", TWO),
    ("content/steps/draft.md", DRAFT),
    ("content/skills/zuhören/listening.md", LISTENING),
    ("content/questions/deep/er/bank-one.yaml", BANK),
    ("content/tools/rice.md", TOOL),
    ("content/glossary.yaml", GLOSSARY),
    ("content/_private/x.txt", "left alone"),
    (
        "content/bilder/größe & maß #1 100%.svg",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ),
    (
        "content/bilder/sehr/tief/unten/日本 語.svg",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ),
    ("content/steps/far/down below/it's (a+b)=c,;@!.txt", "a file"),
    ("content/steps/README.md", "# Not a step"),
    ("content/notes/read me.md", "# A note\n\n[broken](nowhere.html)\n"),
    (
        "content/notes/page.html",
        "<a href='/nowhere.html'>an author's page is his own</a>",
    ),
];

/// What has to be copied, by its address.
pub(crate) const ASSETS: &[&str] = &[
    "bilder/größe & maß #1 100%.svg",
    "bilder/sehr/tief/unten/日本 語.svg",
    "steps/far/down below/it's (a+b)=c,;@!.txt",
    "steps/README.md",
    "notes/read me.md",
    "notes/page.html",
];

const SITE: &str = r#"
title: Ein "seltsamer" <Ort> & mehr
url: https://example.org/deep/er
language: de-AT
repository: https://example.org/code/here
author: Jürgen & Søren
description: Was "alles" geht, <b>und</b> mehr
"#;

const INDEX: &str = r#"---
title: Über "alles" & <mehr>
summary: A page of odd links; 日本語, "quotes" & <tags>.
aliases: [start, home-2]
---

## Über uns

## Über uns

## 日本語 & "Zitat"

## C++ / C#: `code` and *stress*

## main

## fn-1

### A term in a heading: Ökosystem {#erklärt}

[[#über-uns]], [[#über-uns-1]], [[#日本語--zitat]], [[#fn-1]], [[#erklärt|explained]],
[encoded](#%C3%BCber-uns), [[about]], [[page:about#fn|a note]], [[step:first#über-uns]],
[[bank:old-bank]], [[question:q-retired|one that is gone]], [[term:forschung]].

An Ökosystem has R&D, and R&D has an Ökosystem.

![Scale](bilder/gr%C3%B6%C3%9Fe%20%26%20ma%C3%9F%20%231%20100%25.svg?v=2 "A title")
![Deep](<bilder/sehr/tief/unten/日本 語.svg>)
[A note](notes/read%20me.md?plain=1#l10), [a page](notes/page.html#nowhere).
[by reference][Étude]

[Étude]: steps/far/down%20below/two.md#schl%C3%BCsse

| Left | Right |
|:-----|------:|
| [[step:one\|the \| first]] | `[[no link]]` |

- [ ] Ask {#Ask_1}
- [ ] Über uns
- [x] [[#Ask_1|done]]

A note[^ä] and another[^ä].

[^ä]: See [[step:two]].

> [!NOTE]
> In a box: [[tool:rice]].

<picture>
<source srcset="bilder/sehr/tief/unten/%E6%97%A5%E6%9C%AC%20%E8%AA%9E.svg 2x">
<img src="bilder/sehr/tief/unten/%E6%97%A5%E6%9C%AC%20%E8%AA%9E.svg" alt="Raw">
</picture>
<a href="about.md#fn" id="raw">raw</a>

![[question:q-one]]

![[step:two]]
"#;

const ABOUT: &str = r#"---
title: "about: #1"
summary: "A summary: with signs"
aliases: [about-us]
sources:
  - { title: "A & <b>", url: "https://example.net/a?b=c&d=%20#e", kind: opinion }
---

## fn

## fn-1

A note[^1].

[^1]: Back [[index#über-uns-1]].
"#;

const ONE: &str = r#"---
title: One & "only"
summary: The first.
aliases: [first, premier]
order: 1
requires: []
effort: 1-2 h
outcome: You have [[skill:listening#üben]].
skills: [hearing]
done_when: ["[[#über-uns]] is done"]
recall:
  - { front: "[[term:rd]]?", back: "![x](../bilder/sehr/tief/unten/日本%20語.svg)" }
---

## Why it matters

### Über uns

Read [the next](far/down%20below/two.md), [[step:two#schlüsse]], [README](README.md).

## Do this

## What good looks like

## If it goes wrong
"#;

const TWO: &str = r#"---
title: Zwei
summary: The second.
order: 2
requires: [premier]
effort: 3 days
outcome: An outcome.
skills: [listening]
done_when: [Done]
---

## Why it matters

### Schlüsse

## Do this

[Up](../../../skills/zuhören/listening.md#übung), [beside](<it's (a+b)=c,;@!.txt>),
[absolute](/bilder/gr%C3%B6%C3%9Fe%20&%20ma%C3%9F%20%231%20100%25.svg), [back](../../one.md).

## What good looks like

## If it goes wrong
"#;

const DRAFT: &str = r#"---
title: A draft
summary: Not there yet.
draft: true
order: nothing
---

[[step:nowhere]]
"#;

const LISTENING: &str = r#"---
title: Zuhören
summary: Listening.
aliases: [hearing]
group: insight
levels:
  1: { text: One, evidence: [A line] }
  2: { text: Two, evidence: ["[[#übung]]"] }
  3: { text: Three, evidence: [A line] }
  4: { text: Four, evidence: [A line] }
target: 2
head_start: A start.
gap: A gap.
exercises:
  - { id: practice, title: Üben, minutes: 90, permission: none, output: "[[#practice]]" }
phrases: ["listen*"]
---

## Übung

### Üben

## Practice

See [[#practice]] and ![a picture](../../bilder/sehr/tief/unten/日本%20語.svg).
"#;

const BANK: &str = r#"
title: Eine Bank
summary: Odd questions.
aliases: [old-bank]
about: See [[index#erklärt]] and [a note](../../../notes/read%20me.md).
categories: { at-main: Main, samples: Samples, 1st: "First & foremost" }
questions:
  - id: q-one
    aliases: [q-uno]
    prompt: What does "Ökosystem" mean, <b>really</b>?
    context: "[[question:q-retired]] is gone, [[tool:rice]] is there."
    category: at-main
    skills: [listening]
    steps: [one]
    tools: [rice]
    level: easy
    minutes: 10
    why: To see how Ökosystem is used.
    rubric: &rubric
      - line: A line
        weak: Says nothing that one could use
        strong: Names who wins and loses
      - line: Another
        weak: Stops at the first idea found
        fair: Has two ideas & compares them
        strong: Compares three ideas by cost
    outline: &outline [One, Two, Three]
    follow_ups: &follow_ups
      - { q: Why?, when: Always, tests: hearing }
      - q: How?
    pitfalls: &pitfalls [R&D]
    samples:
      - { level: 1, text: "A [[term:rd]]", notes: Weak }
      - { level: 4, text: B, notes: Strong }
    reviewed: 2026-11-20
  - id: q-retired
    status: retired
    replaced_by: q-uno
    prompt: What is no longer asked of anybody?
    category: samples
    skills: [hearing]
    related: [q-one]
    level: hard
    minutes: 150
    why: Nobody knows.
    rubric: *rubric
    outline: *outline
    follow_ups: *follow_ups
    pitfalls: *pitfalls
    reviewed: 2026-11-20
  - id: unready
    status: draft
    prompt: nothing else
"#;

const TOOL: &str = r#"---
title: RICE
summary: A tool.
skills: [listening]
origin: Somebody.
use_when: Always.
hurts_when: Never; see [[question:q-uno]].
---

## main

## context
"#;

const GLOSSARY: &str = r#"
- id: oekosystem
  term: Ökosystem
  meaning: What <b>lives</b> together & [[page:index#über-uns|more]].
  also: ["Öko", "eco-system"]
  see: ["term:rd", "page:index", "question:q-one", "bank:bank-one", "step:premier", "tool:rice"]
- id: rd
  aliases: [forschung]
  term: R&D
  meaning: Research, "quoted".
  see: ["oekosystem", "skill:hearing"]
"#;
