"""Made-up towns and villages of the demonstration district, and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass

TOWN = "demo_qingxi"
DISTRICT = "demo_district"

# id, kind, Chinese, English, parent. None of these places exists.
OFFICES: tuple[tuple[str, str, str, str, str | None], ...] = (
    (DISTRICT, "district", "演示区", "Demonstration District", None),
    (TOWN, "town", "清溪镇（演示）", "Qingxi Town (demo)", DISTRICT),
    ("demo_shiqiao", "town", "石桥镇（演示）", "Shiqiao Town (demo)", DISTRICT),
    ("demo_baita", "town", "白塔街道（演示）", "Baita Street (demo)", DISTRICT),
    ("demo_qingxi_1", "village", "清溪镇竹林村（演示）", "Zhulin Village, Qingxi (demo)", TOWN),
    ("demo_qingxi_2", "village", "清溪镇水口村（演示）", "Shuikou Village, Qingxi (demo)", TOWN),
    ("demo_shiqiao_1", "village", "石桥镇柏树村（演示）", "Baishu Village, Shiqiao (demo)", "demo_shiqiao"),
    ("demo_baita_1", "village", "白塔街道北门社区（演示）", "Beimen Community, Baita (demo)", "demo_baita"),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One demonstration login."""

    login: str
    name: str
    role: str
    department: str | None
    office: str | None
    place: str  # what the printed list says


STAFF: tuple[Colleague, ...] = (
    Colleague("window", "文小兰（演示）", "town_clerk", None, TOWN, "清溪镇（演示）窗口"),
    Colleague("civil", "沙玛（演示）", "caseworker", "civil_affairs", None, "民政局"),
    Colleague("medical", "欧托（演示）", "caseworker", "medical_security", None, "医疗保障局"),
    Colleague("supervisor", "罗区长（演示）", "supervisor", None, None, "演示区"),
)
