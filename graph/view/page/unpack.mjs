// What the page carries packed: base64 of gzip, in script elements that the browser does not run.

/** Return the text of a packed block. */
export async function unpack(id) {
  const signs = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Run a packed script; the page's policy knows it by its hash. */
export async function run(id) {
  const script = document.createElement("script");
  script.textContent = await unpack(id);
  document.head.append(script);
}
