// The watch board asks for itself again and puts what came in the place of what is there. Without scripts the browser does it.
// The focus, what is being typed and the scrolling stay; while something is typed or a list is open, nothing is replaced.
"use strict";

(function () {
  function current() {
    return document.getElementById("board");
  }

  function isBusy(board) {
    if (board.querySelector("details[open]")) return true;
    return Array.prototype.some.call(board.querySelectorAll("input[type=text]"), function (box) { return box.value !== ""; });
  }

  function replace(old, fresh) {
    var focused = document.activeElement;
    var inside = focused && old.contains(focused) ? focused.closest("[id]") : null;
    var id = inside ? inside.id : "";
    var like = inside ? focused.tagName.toLowerCase() + (focused.name ? "[name='" + focused.name + "']" : "") : "";
    var at = window.scrollY;
    old.replaceWith(document.adoptNode(fresh));
    if (id) {
      var again = document.getElementById(id);
      var box = again && (again.matches(like) ? again : again.querySelector(like));
      if (box) box.focus({ preventScroll: true });
    }
    window.scrollTo(0, at);
  }

  function ask() {
    var board = current();
    if (!board) return;
    if (isBusy(board) || document.hidden) return later(board);
    // A document is parsed by the request itself: nothing here turns text into markup.
    var request = new XMLHttpRequest();
    request.open("GET", board.dataset.again);
    request.responseType = "document";
    request.onloadend = function () {
      var fresh = request.status === 200 && request.response ? request.response.getElementById("board") : null;
      var now = current();
      if (fresh && now && !isBusy(now)) replace(now, fresh);
      else if (request.response && !fresh && request.status === 200) { window.location.assign(board.dataset.again); return; }
      if (current()) later(current());
    };
    request.send();
  }

  function later(board) {
    window.setTimeout(ask, Number(board.dataset.every) * 1000);
  }

  if (current()) later(current());
})();
