declare const __EDITOR_WORKER__: string;
declare const __JSON_WORKER__: string;
declare const __GRAPHQL_WORKER__: string;

/** Tells the code editor where its workers are: files of this server, so that no blob has to be allowed. */
Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_workerId: string, label: string): Worker {
      const name = label === 'json' ? __JSON_WORKER__ : label === 'graphql' ? __GRAPHQL_WORKER__ : __EDITOR_WORKER__;
      return new Worker(new URL(name, import.meta.url));
    },
  },
});
