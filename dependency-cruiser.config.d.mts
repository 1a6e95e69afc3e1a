declare const config: { readonly forbidden: readonly unknown[]; readonly options: Readonly<Record<string, unknown>> };
export default config;
