// Written by generate.js from the operations and the published schema. Change those, not this.
export * from "./gql.js";