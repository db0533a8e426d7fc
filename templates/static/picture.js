// Makes the picture of the page as PNG, at twice its size. Browsers let pages on a disk read no pixels: no button there.
"use strict";

const drawn = async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const file = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!file) throw new Error("the canvas is too large"); // each browser has its own limit
  return file;
};

const save = (file, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

if (location.protocol !== "file:") {
  for (const row of document.querySelectorAll("[data-picture]")) {
    const button = row.querySelector("button");
    const said = row.querySelector("[role=status]");
    const address = new URL(row.dataset.picture, location);
    button.addEventListener("click", async () => {
      button.disabled = true;
      said.textContent = "";
      try {
        save(await drawn(address), address.pathname.split("/").pop().replace(/svg$/, "png"));
      } catch {
        said.textContent = row.dataset.failed;
      }
      button.disabled = false;
    });
    row.hidden = false;
  }
}
