// A photo or paper: made smaller on the phone when it is a large photo (which also leaves out where it was taken), then
// sent with its progress shown. It is not kept on the phone: without a network one has to try again.

import { address, headers, isGone } from "./api.js";
import { button } from "./draw.js";
import { kept, newId } from "./keep.js";
import { myMessage, setState } from "./messages.js";
import { t } from "./words.js";

const MOST = 10 * 1024 * 1024;
const SIDE = 2400;
const TYPES = ["image/jpeg", "image/png", "application/pdf"];

export async function sendFile(file, talk, view) {
  if (!TYPES.includes(file.type)) return view.hint(t("web.attachment.wrong_type"), true);
  const small = await smaller(file);
  if (small.size > MOST) return view.hint(t("web.attachment.too_big"), true);
  view.hint("");
  const item = { message_id: newId(), attachment: "file", name: file.name };
  const shown = myMessage(item);
  talk.log.append(shown);
  view.shown(shown, true);
  return upload(item, small, talk);
}

function upload(item, file, talk) {
  const seat = kept("seat");
  const form = new FormData();
  form.append("message_id", item.message_id);
  form.append("file", file, "file");
  const request = new XMLHttpRequest();
  request.open("POST", address(seat, "/attachments"));
  const sent = headers(seat);
  for (const name of Object.keys(sent)) request.setRequestHeader(name, sent[name]);
  request.upload.onprogress = (event) => {
    const part = event.lengthComputable ? " " + Math.floor((100 * event.loaded) / event.total) + "%" : "";
    setState(talk.log, item.message_id, "sending", t("web.attachment.sending") + part);
  };
  const again = (why) => setState(talk.log, item.message_id, "failed", t(why), [button(t("web.state.resend"), () => upload(item, file, talk))]);
  request.onerror = () => again(navigator.onLine === false ? "web.attachment.offline" : "web.attachment.failed");
  request.onload = () => {
    if (isGone(request.status)) return talk.gone();
    if (request.status === 201) return talk.sent(item, JSON.parse(request.responseText), JSON.parse(request.responseText).messages.length > 0);
    if (request.status === 413 || request.status === 415 || request.status === 422) {
      return setState(talk.log, item.message_id, "failed", t(request.status === 413 ? "web.attachment.too_big" : "web.attachment.wrong_type"));
    }
    return again("web.attachment.failed");
  };
  setState(talk.log, item.message_id, "sending", t("web.attachment.sending"));
  request.send(form);
}

async function smaller(file) {
  if (file.type === "application/pdf" || typeof createImageBitmap !== "function") return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    return made && (made.size < file.size || scale < 1) ? made : file;
  } catch (error) {
    return file; // the desk looks at it and says what is wrong
  }
}
