// Goes on with the room: once another thing is open than this page was made for, the phone shows that.
"use strict";
(function () {
  const { screen, room } = document.currentScript.dataset;
  if (!window.EventSource) return;
  let source = null;

  function follow() {
    source = new EventSource("/room/now");
    source.onmessage = (message) => {
      if (JSON.parse(message.data).screen === screen) return;
      source.close();
      // Not all phones of a full room in the same instant.
      setTimeout(() => location.replace(room), Math.random() * 300);
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(follow, 3000 + Math.random() * 2000);
    };
  }

  follow();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && location.replace(room)); // back from another page
})();
