// Counts down what the page says in words. When the time is up it says so, and closes nothing.
"use strict";
(function () {
  const place = document.getElementById("timer");
  const ends = performance.now() + place.dataset.left * 1000;

  function tell() {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const words = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    place.lastElementChild.textContent = left ? place.dataset.say.replace("{left}", words) : "";
    if (!left) return void (place.firstElementChild.textContent = place.dataset.over);
    setTimeout(tell, 1000);
  }

  if (place.dataset.left > 0) tell();
})();
