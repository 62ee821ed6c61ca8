// Files that somebody chose on a device of their own, read to go to the kernel in a message.

/** Bytes of all that are chosen together: a server lets through no message much longer. */
const LARGEST = 6_000_000;

/**
 * What was chosen in a control, as JSON: each file's name, and its content in base 64.
 * @param {HTMLInputElement} control
 * @returns {Promise<string>}
 */
export async function readFiles(control) {
  const files = [...(control.files ?? [])];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > LARGEST) {
    const next = files.length > 1 ? "Choose fewer files." : "Choose a smaller one.";
    throw new Error(`What you chose has ${size.toLocaleString("en")} bytes, and ${LARGEST.toLocaleString("en")} go at once. ${next}`);
  }
  return JSON.stringify(await Promise.all(files.map(async (file) => ({ name: file.name, content: await inBase64(file) }))));
}

/** @returns {Promise<string>} */
function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => reject(new Error(`${file.name} could not be read. Choose it again, or a copy of it.`));
    reader.readAsDataURL(file);
  });
}
