// The whole chapter on paper. Pictures that wait to be scrolled to are fetched first.
document.addEventListener("click", async ({ target }) => {
  if (!target.closest("[data-print]")) return;
  const pictures = [...document.querySelectorAll(".text img")];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  window.print();
});
