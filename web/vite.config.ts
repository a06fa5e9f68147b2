import { defineConfig } from 'vite';

// Each page is an HTML file here; what it needs goes to assets/ under a name that changes with its content, so that it can be cached
// for ever. Nothing is inlined: the pages' Content-Security-Policy admits only what the server serves.
export default defineConfig({
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    rollupOptions: {
      input: { graphiql: 'graphiql.html' },
      onLog(level, log, handle) {
        // "use client" means nothing where nothing is rendered on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  worker: { format: 'es' },
});
