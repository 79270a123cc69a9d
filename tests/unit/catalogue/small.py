"""A catalogue of one programme, written out, for files that are wrong in one place."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "district.yml": "name: {zh: 某区, en: Some district}\n",
    "facts.yml": """\
age:
  scope: person
  type: int
  unit: year
  label: {zh: 年龄, en: Age}
  question: {zh: 多大了？, en: How old?}
born:
  scope: person
  type: date
  label: {zh: 出生日期, en: Born}
  question: {zh: 哪天出生？, en: Born when?}
  ask: false
vehicle:
  scope: household
  type: enum
  label: {zh: 车, en: Vehicle}
  question: {zh: 有车吗？, en: A vehicle?}
  values:
    none: {zh: 没有, en: None}
    car: {zh: 小汽车, en: Car}
income:
  scope: household
  type: money_per_month
  label: {zh: 收入, en: Income}
  question: {zh: 多少？, en: How much?}
  sensitive: money
""",
    "parameters.yml": """\
line:
  name: {zh: 标准, en: Line}
  unit: CNY/person/month
  rows:
  - from: 2024-01-01
    value: 500
    confidence: verified
    source: {title: 通知, url: 'http://example.gov.cn/a', kind: government, public: true}
  - from: 2025-01-01
    value: 520.5
    confidence: general-knowledge
    ours: false
    source: {title: 未核实, kind: none, public: false}
    note: another district
""",
    "departments.yml": "civil: {zh: 民政局, en: Civil affairs}\n",
    "levels.yml": "street: {zh: 镇街, en: Street}\n",
    "documents.yml": "id_card: {zh: 身份证, en: ID card}\n",
    "statuses.yml": "tekun: {zh: 特困, en: Special hardship}\nany_aid: {zh: 救助, en: Aid, one_of: [tekun, aid]}\n",
    "workflows.yml": """\
general:
  name: {zh: 一般, en: General}
  limit: {days: 20, unit: working_day}
  steps:
    acceptance:
      name: {zh: 受理, en: Acceptance}
      actor: street
      days: 0
      unit: working_day
      basis: 当场
      confidence: verified
      sources:
      - {title: 通知, kind: none, public: false}
""",
    "priors.yml": """\
worth_asking: 0.1
worth_a_question: 0
most_questions: 8
usual: 0.5
sensitive_cost: {money: 2}
effort: {int: 1}
programmes:
  aid:
    weight: 2
    criteria:
      age: {usual: 0.2, relations: {father: 0.5}}
""",
    "programmes/aid.yml": """\
name: {zh: 救助, en: Aid}
description:
  zh: 一句话
  en: One sentence
department: civil
accept_level: street
decide_level: street
scope: person
kind: cash
gives_status: true
valid_from: 2020-01-01
criteria:
  age:
    when: age >= 60
    words: {zh: 满60岁, en: 60 or over}
  income:
    when: income < 2 * $line OR vehicle = 'none'
    words: {zh: 收入低, en: Low income}
benefit:
  kind: cash
  unit: CNY/person/month
  period: month
  words: {zh: 每月一笔, en: Every month}
  parameter: line
excludes:
- {programme: tekun, rule: cannot_combine}
documents: [id_card]
workflow: general
legal_basis:
- {name: 办法, number: 〔2020〕1号}
sources:
- {title: 通知, url: 'http://example.gov.cn/b', kind: government, public: true}
confidence: verified
""",
}


def write(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """The small catalogue in `folder`, with `old` replaced by `new` in one file."""
    for name, content in FILES.items():
        if name == file:
            assert old in content, f"{old!r} is not in {name}"
            content = content.replace(old, new, 1)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
