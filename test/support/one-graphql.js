/**
 * Outside of production, graphql looks at every value of its types for a second copy of itself, which is a third of the
 * time that it takes to check an operation. Here there is one copy, and it is loaded as in production.
 */
const { NODE_ENV } = process.env;
process.env.NODE_ENV = 'production';
await import('graphql/jsutils/instanceOf.js');
process.env.NODE_ENV = NODE_ENV;
