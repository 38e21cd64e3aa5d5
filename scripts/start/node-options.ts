/** pg warns of how TypeORM uses it, which nobody at the terminal can mend. */
export const NODE_OPTIONS = ['--enable-source-maps', '--no-deprecation'] as const;
