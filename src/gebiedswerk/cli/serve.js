// When the dossier changed the page and its faults are shown anew, each where it was; without scripts the faults are
// asked again every few seconds.
"use strict";

const frames = [...document.querySelectorAll("iframe")];
const status = document.querySelector("[role=status]");
let seen = status.dataset.builds;

async function waits() {
  for (;;) {
    try {
      const answer = await fetch(`/state?since=${seen}`);
      const state = await answer.json();
      if (String(state.builds) !== seen) {
        frames.forEach((frame) => frame.contentWindow.location.reload());
        status.textContent = state.said; // only then: it is read aloud each time
      }
      seen = String(state.builds);
    } catch {
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
}

waits();
