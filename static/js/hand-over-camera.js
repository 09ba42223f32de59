/* The camera of a telephone as a scanner, where the browser allows it: deskCamera.start(read) calls read(code). */
window.deskCamera = (() => {
  "use strict";
  const place = document.querySelector("[data-camera]");
  const video = place.querySelector("video");
  const canvas = document.createElement("canvas");
  const EVERY = 120; // milliseconds between two looks
  const AGAIN = 3000; // so long a code must be out of sight before it counts as shown again
  let stream = null, timer = 0, last = "", seenAt = 0;

  function reader() {
    if (window.jsQR) return Promise.resolve();
    return new Promise((loaded, failed) => {
      const script = document.createElement("script");
      script.src = document.getElementById("desk").dataset.reader;
      script.onload = loaded;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function look(read) {
    if (video.readyState < video.HAVE_ENOUGH_DATA) return;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const drawing = canvas.getContext("2d", { willReadFrequently: true });
    drawing.drawImage(video, 0, 0);
    const { data, width, height } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    const code = window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
    if (!code) return;
    const isNew = code !== last || Date.now() - seenAt > AGAIN;
    [last, seenAt] = [code, Date.now()];
    if (isNew) read(code);
  }

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
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    place.hidden = true;
  }

  return { isThere: Boolean(navigator.mediaDevices?.getUserMedia), isOn: () => Boolean(stream), start, stop };
})();
