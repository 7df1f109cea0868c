/** For svelte-check and editors; the build says the same for elements alone. */
export default { compilerOptions: { runes: true, customElement: true } };
