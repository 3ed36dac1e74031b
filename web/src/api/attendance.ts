const restInMilliseconds = 60_000;
let lastTouch = 0;

/** From when on somebody counts as being there; called by the events of pointer and keyboard. */
export function noteTouch(now = performance.now()) {
  lastTouch = now;
}

/** Whether nobody has touched the page for a minute. */
export function isUnattended(now = performance.now()) {
  return now - lastTouch > restInMilliseconds;
}

for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']) {
  globalThis.document?.addEventListener(event, () => noteTouch(), { passive: true, capture: true });
}
