// Texts of others, as a line of a log, a terminal or a table takes them.

/** With a `?` for each character that ends a line, commands a terminal or is not seen. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
