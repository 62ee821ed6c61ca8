// Says how much is answered, beside the button that sends it; and gives no more dots than there are.
"use strict";
(function () {
  const place = document.getElementById("progress");
  const form = place.closest("form");
  const { dots, words, full } = place.dataset;
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const names = new Set([...form.querySelectorAll("input[type=radio]:not([name=sector])")].map((radio) => radio.name));

  function tell() {
    const count = dots
      ? boxes.filter((box) => box.checked).length
      : [...names].filter((name) => form.elements[name].value).length;
    for (const box of boxes) box.disabled = !box.checked && count >= dots;
    place.textContent = (dots && count >= dots ? full : words).replace("{given}", count);
  }

  form.addEventListener("input", tell);
  tell();
})();
