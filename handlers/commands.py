"""Words that work everywhere: exact, few, also shown as buttons; never a prefix, never part of a sentence.

"The end of the month" is an answer; only "/cancel" and the bare word "取消" are the command.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from handlers.words import clean

Command = Literal[
    "start", "help", "apply", "status", "documents", "human", "language", "mydata", "forget", "cancel",
    "back", "why", "dont_know", "decline",
]  # fmt: skip
COMMANDS: Final[tuple[Command, ...]] = get_args(Command)

_WORDS: Final[dict[Command, str]] = {
    "start": "开始|start",
    "help": "帮助|怎么用|help",
    "apply": "申请|我要申请|再申请一份|apply|new application",
    "status": "进度|查进度|查询进度|办得怎么样了|status|my applications",
    "documents": "材料|要什么材料|需要什么材料|documents|papers",
    "human": "人工|转人工|找人工|人工服务|找工作人员|真人|human|a person|talk to a person|agent",
    "language": "语言|换语言|切换语言|中文|英文|language|english|chinese|change language",
    "mydata": "我的资料|我的信息|mydata|my data",
    "forget": "删除资料|删除我的资料|忘记我|forget|forget me|delete my data",
    "cancel": "取消|不办了|退出|重新开始|cancel|quit|start over",
    "back": "返回|上一步|后退|退回|back|go back",
    "why": "为什么|为啥|为啥子|为什么问|为什么问这个|为什么要问这个|为啥问这个|为啥要问这个|为啥子问这个|为啥子要问这个|问这个干什么|问这个干啥|问这个做什么|问这个做啥子|why|why do you ask",
    "dont_know": "不知道|不晓得|不清楚|说不准|不确定|搞不清楚|记不得|记不清|don't know|dont know|i don't know|not sure|no idea",
    "decline": "不想说|不方便说|不愿意说|不说|跳过|保密|rather not say|i'd rather not say|skip|prefer not to say",
}
_BY_WORD: Final[dict[str, Command]] = {
    clean(word): command for command, words in _WORDS.items() for word in words.split("|")
}


def find(text: str) -> Command | None:
    """The command a text is, to the letter, or None. A leading slash (also full-width) is allowed, arguments are not.

    >>> find("/status"), find("人工。"), find("人工费多少"), find("the end of the month")
    ('status', 'human', None, None)
    """
    said = clean(text)
    if said.startswith("/"):
        name = said[1:].split("@", 1)[0].strip()  # Telegram writes /status@some_bot in groups
        return next((one for one in COMMANDS if one == name), None)
    return _BY_WORD.get(said)
