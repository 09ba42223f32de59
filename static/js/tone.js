// @ts-check
/* Short tones, made here and fetched from nowhere. A browser lets a page sound once someone has pressed something on it. */

const PITCH = 880; // hertz
const LENGTH = 0.18; // seconds
const APART = 0.3; // seconds from one beginning to the next

/** @type {AudioContext | null} */
let context = null;

/** Let tones be heard from now on: called by a press, or by the first one after the page was opened. */
export function open() {
  if (!window.AudioContext) return;
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume().catch(() => {});
}

/** Let tones be heard as soon as someone presses anything. */
export const openWithAPress = () => {
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, open, { once: true });
};

/** Sound `times` tones, one after the other; nothing where the browser does not let it. @param {number} times */
export function sound(times) {
  if (context?.state !== "running") return;
  for (let number = 0; number < times; number++) {
    const at = context.currentTime + number * APART;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = PITCH;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
    volume.gain.linearRampToValueAtTime(0, at + LENGTH);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + LENGTH);
  }
}
