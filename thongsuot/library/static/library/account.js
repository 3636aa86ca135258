// Marks of whoever is signed in, where she asked that they be kept with the account.
const send = async (url, token, fields) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": token },
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.refused ?? "");
  return said;
};

// The addresses of one's own notes begin where the page of all notes stands.
export const account = (home, token) => ({
  create: (mark) =>
    send(`${home}on/${mark.passage}/`, token, {
      quote: mark.quote, start: mark.start, colour: mark.colour, note: mark.note,
    }),
  change: (mark) => send(`${home}${mark.id}/`, token, { colour: mark.colour, note: mark.note }),
  drop: (mark) => send(`${home}${mark.id}/delete/`, token, {}),
  place: (passage) =>
    fetch(`${home}place/${passage}/`, { method: "POST", keepalive: true, headers: { "X-CSRFToken": token } }),
});

export const post = send;
