// The map that moves, in the place of the picture of a city's cells. It shows what the picture shows; everything it asks for is
// ours. Without scripts the picture stays, and on paper it is the picture that is printed.
"use strict";

(function () {
  var place = document.getElementById("moving");
  var figure = document.getElementById("heat");
  if (!place || !figure || typeof L === "undefined") return;

  var MOST_NUMBERS = 60;
  var NEAR_ENOUGH = 13;

  function words(text) {
    // As text inside markup: the attribution of a map is put there by Leaflet as it stands.
    var holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }

  function told(cell) {
    var box = document.createElement("div");
    var line = document.createElement("p");
    line.textContent = cell.told;
    box.appendChild(line);
    if (cell.link) {
      var link = document.createElement("a");
      link.href = cell.link;
      link.textContent = place.dataset.open;
      box.appendChild(link);
    }
    return box;
  }

  function name(mark) {
    var box = document.createElement("span");
    box.textContent = mark[2];
    return box;
  }

  function build(shown) {
    L.Util.emptyImageUrl = place.dataset.empty;
    var dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    var colours = dark ? shown.dark : shown.light;
    place.hidden = false;
    figure.classList.add("is-printed");
    var map = L.map(place, { renderer: L.canvas({ padding: 0.3 }), zoomControl: false, scrollWheelZoom: false, keyboard: true });
    // The view comes first: a canvas without one has nothing to draw on.
    map.fitBounds(L.latLngBounds(shown.cells.reduce(function (all, cell) { return all.concat(cell.corners); }, [])), { maxZoom: 15 });
    L.control.zoom({ zoomInTitle: place.dataset.in, zoomOutTitle: place.dataset.out }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(words(place.dataset.places));
    L.control.scale({ imperial: false }).addTo(map);
    if (place.dataset.streets) {
      L.tileLayer(place.dataset.streets, {
        minNativeZoom: Number(place.dataset.least),
        maxNativeZoom: Number(place.dataset.most),
        maxZoom: 18,
        attribution: words(place.dataset.attribution)
      }).addTo(map);
    }
    shown.cells.forEach(function (cell) {
      L.polygon(cell.corners, {
        color: colours.edge, weight: 1, fillColor: colours.classes[cell.shade], fillOpacity: place.dataset.streets ? 0.65 : 0.95
      }).bindTooltip(words(cell.told)).bindPopup(told(cell)).addTo(map);
    });
    if (shown.cells.length <= MOST_NUMBERS) {
      shown.cells.forEach(function (cell) {
        var number = document.createElement("span");
        number.textContent = cell.number;
        number.style.color = colours.onClass[cell.shade];
        L.tooltip({ permanent: true, direction: "center", className: "cell-number" })
          .setLatLng(cell.middle).setContent(number).addTo(map);
      });
    }
    var marks = L.layerGroup(shown.marks.map(function (mark) {
      return L.circleMarker([mark[0], mark[1]], {
        radius: 3, weight: 1.5, color: colours.ink, fillColor: mark[3] ? colours.paper : colours.ink, fillOpacity: 1
      }).bindTooltip(name(mark));
    }));
    var legend = L.control({ position: "topright" });
    legend.onAdd = function () {
      var box = document.createElement("div");
      box.className = "classes";
      box.appendChild(document.createElement("p")).textContent = shown.title;
      shown.legend.forEach(function (one) {
        var line = box.appendChild(document.createElement("div"));
        line.appendChild(document.createElement("i")).style.backgroundColor = colours.classes[one[0]];
        line.appendChild(document.createElement("span")).textContent = one[1];
      });
      return box;
    };
    legend.addTo(map);
    function showMarks() {
      if (map.getZoom() >= NEAR_ENOUGH) marks.addTo(map); else marks.remove();
    }
    map.on("zoomend", showMarks);
    showMarks();
  }

  var button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = place.dataset.picture;
  button.addEventListener("click", function () {
    place.hidden = !place.hidden;
    figure.classList.toggle("is-printed", !place.hidden);
    button.textContent = place.hidden ? place.dataset.map : place.dataset.picture;
  });

  var request = new XMLHttpRequest();
  request.open("GET", place.dataset.shapes);
  request.responseType = "json";
  request.onload = function () {
    if (request.status !== 200 || !request.response || !request.response.cells.length) return;
    build(request.response);
    place.insertAdjacentElement("afterend", button);
  };
  request.send();
})();
