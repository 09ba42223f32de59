// @ts-check
/* The camera of a telephone as a scanner, where the browser allows it: camera.start(read) calls read(code). */
const place = /** @type {HTMLElement} */ (document.querySelector("[data-camera]"));
const video = /** @type {HTMLVideoElement} */ (place.querySelector("video"));
const canvas = document.createElement("canvas");
const EVERY = 120; // milliseconds between two looks
const AGAIN = 3000; // so long a code must be out of sight before it counts as shown again
const page = /** @type {any} */ (window); // jsQR, once it is loaded
/** @type {MediaStream | null} */
let stream = null;
let timer = 0;
let last = "";
let seenAt = 0;

function reader() {
  if (page.jsQR) return Promise.resolve();
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = /** @type {HTMLElement} */ (document.getElementById("desk")).dataset.reader ?? "";
    script.onload = () => loaded(undefined);
    script.onerror = failed;
    document.head.append(script);
  });
}

/** @param {(code: string) => void} read */
function look(read) {
  if (video.readyState < video.HAVE_ENOUGH_DATA) return;
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const drawing = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  drawing.drawImage(video, 0, 0);
  const { data, width, height } = drawing.getImageData(0, 0, canvas.width, canvas.height);
  const code = page.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
  if (!code) return;
  const isNew = code !== last || performance.now() - seenAt > AGAIN;
  [last, seenAt] = [code, performance.now()];
  if (isNew) read(code);
}

/** @param {(code: string) => void} read */
async function start(read) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  await reader();
  video.srcObject = stream;
  await video.play();
  place.hidden = false;
  last = "";
  timer = window.setInterval(() => look(read), EVERY);
}

function stop() {
  window.clearInterval(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = video.srcObject = null;
  place.hidden = true;
}

export const camera = {
  isThere: Boolean(navigator.mediaDevices?.getUserMedia),
  isOn: () => Boolean(stream),
  start,
  stop,
};
