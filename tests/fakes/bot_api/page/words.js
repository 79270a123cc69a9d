// The simulator's own words. What the desk says comes from the desk.
const WORDS = {
  zh: {
    title: "Telegram 模拟器",
    hint: "不用 Telegram，不用令牌，就能试一试。左边选一个人，像在手机上一样跟“一门”聊。",
    people: "选一个人",
    newPerson: "加一个人",
    phoneLanguage: "手机语言",
    add: "加入",
    backToPeople: "回到名单",
    more: "更多",
    block: "停用机器人",
    unblock: "重新启用",
    edit: "改上一条消息",
    group: "把机器人拉进群",
    messages: "聊天记录",
    attach: "发别的",
    audio: "音乐",
    video: "视频",
    photo: "照片",
    album: "三张照片",
    document: "文件",
    voice: "语音",
    sticker: "表情贴图",
    location: "位置",
    contact: "我的电话名片",
    commands: "命令",
    message: "写消息",
    send: "发送",
    start: "开始",
    typing: "正在输入…",
    bot: "机器人",
    off: "机器人还没有连上，稍等一下…",
    offline: "连不上模拟器，正在重试…",
    blocked: "您停用了这个机器人",
    edited: "已编辑",
    you: "您",
    desk: "一门",
    empty: "还没有消息。",
    askEdit: "改成：",
    grouped: "机器人已进群，并在群里说了“你好”。请看测试记录。",
    nothing: "还没有可以改的消息。",
    other: "[其他消息]",
    lang: "English",
  },
  en: {
    title: "Telegram simulator",
    hint: "Try it without Telegram and without a token. Choose a person and talk to OneDoor as on a phone.",
    people: "Choose a person",
    newPerson: "Add a person",
    phoneLanguage: "Phone language",
    add: "Add",
    backToPeople: "Back to the people",
    more: "More",
    block: "Block the bot",
    unblock: "Unblock the bot",
    edit: "Edit my last message",
    group: "Add the bot to a group",
    messages: "Messages",
    attach: "Send something else",
    audio: "Audio",
    video: "Video",
    photo: "Photo",
    album: "Three photos",
    document: "File",
    voice: "Voice message",
    sticker: "Sticker",
    location: "Location",
    contact: "My contact card",
    commands: "Commands",
    message: "Message",
    send: "Send",
    start: "Start",
    typing: "typing…",
    bot: "bot",
    off: "The bot is not connected yet, one moment…",
    offline: "The simulator cannot be reached, trying again…",
    blocked: "You have blocked this bot",
    edited: "edited",
    you: "You",
    desk: "OneDoor",
    empty: "No messages yet.",
    askEdit: "Change it to:",
    grouped: "The bot is in a group now, and somebody said hello there. See the transcript.",
    nothing: "There is no message to edit yet.",
    other: "[another kind of message]",
    lang: "中文",
  },
};

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export const t = (key) => WORDS[language][key] ?? key;
export const currentLanguage = () => language;

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  dress();
}

export function dress() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = `${t("title")} · 一门 OneDoor`;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const node of document.querySelectorAll("[data-act], [data-send]")) node.textContent = t(node.dataset.act ?? node.dataset.send);
  document.getElementById("language").textContent = t("lang");
  document.getElementById("start").textContent = t("start");
  document.getElementById("text").placeholder = t("message");
}
