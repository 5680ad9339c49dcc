import * as nodeModule from 'node:module';

// What is loaded after this is compiled once and kept on disk, where Node can do it: from 22.8 on. NODE_COMPILE_CACHE
// names another folder than the temporary one.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
