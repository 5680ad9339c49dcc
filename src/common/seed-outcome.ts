/** What seeding did with one thing. */
export type SeedOutcome = 'added' | 'changed' | 'unchanged';
