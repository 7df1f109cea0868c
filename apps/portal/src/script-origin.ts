/** Where the script came from: the Retainer that serves it, unless the page names another. */
export const scriptOrigin = new URL(import.meta.url).origin;
