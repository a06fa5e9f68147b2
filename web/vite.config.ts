import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type Plugin, defineConfig } from 'vite';

/** Bytes from which on compressing is worth it. */
const WORTH_COMPRESSING = 512;

/** Puts beside each file its compressed forms, as hard as they can be pressed: nobody does it again while readers wait. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = 'dist' }) {
    const paths = (await readdir(dir, { recursive: true })).filter((path) => /\.(js|css|json|svg|ttf|txt)$/.test(path));
    await Promise.all(paths.map(async (path) => {
      const plain = await readFile(join(dir, path));
      if (plain.length < WORTH_COMPRESSING) return;
      const brotli = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
      await writeFile(join(dir, `${path}.br`), await promisify(brotliCompress)(plain, brotli));
      await writeFile(join(dir, `${path}.gz`), await promisify(gzip)(plain, { level: constants.Z_BEST_COMPRESSION }));
    }));
  },
};

// What pages need goes to assets/ under a name that changes with its content, so that it can be cached for ever. Nothing is inlined: the
// pages' Content-Security-Policy admits only what the server serves. GraphiQL is an HTML file here; the readers' pages are the server's,
// which finds their scripts by the manifest.
export default defineConfig({
  plugins: [svelte(), compressed],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        graphiql: 'graphiql.html',
        tracker: 'src/pages/tracker/main.ts',
        country: 'src/pages/country/main.ts',
        embed: 'src/pages/embed/main.ts',
        desk: 'src/pages/desk/main.ts',
      },
      onLog(level, log, handle) {
        // "use client" means nothing where nothing is rendered on a server.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  worker: { format: 'es' },
});
