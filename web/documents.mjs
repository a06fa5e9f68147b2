// Writes documents.ts: each document of the pages with the types of its variables and its answer, out of schema.graphql. The desk has a
// file of its own, so that readers do not load what only editors ask. A document that does not fit the schema fails. With --check, so
// does a file that is not what would be written.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as types from '@graphql-codegen/typescript-operations';
import { Kind, concatAST, parse, print, separateOperations } from 'graphql';

const DESK = 'pages/desk/';
const TARGETS = [
  { target: 'src/lib/api/documents.ts', request: './request.ts', isOf: (/** @type {string} */ path) => !path.startsWith(DESK) },
  { target: 'src/pages/desk/documents.ts', request: '../../lib/api/request.ts', isOf: (/** @type {string} */ path) => path.startsWith(DESK) },
];

/** The scalars, as they stand in JSON. */
const SCALARS = { CountryCode: 'string', Date: 'string', DateTime: 'string', Decimal: 'string' };

/** Each operation as text, with the fragments that it uses, and with its types. */
const texts = {
  /** @type {import('@graphql-codegen/plugin-helpers').PluginFunction} */
  plugin(_schema, files) {
    const whole = concatAST(files.flatMap(({ document }) => document ?? []));
    return Object.entries(separateOperations(whole)).map(([name, document]) => {
      const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
      if (!operation || !name) throw new Error('An operation has no name, by which pages could ask for it.');
      const kind = operation.operation.replace(/^./, (letter) => letter.toUpperCase());
      return `export const ${name}: Document<${name}${kind}, ${name}${kind}Variables> = \`${print(document)}\`;\n`;
    }).join('\n');
  },
};

const paths = (await readdir('src', { recursive: true })).filter((path) => path.endsWith('.graphql')).sort();
const documents = await Promise.all(
  paths.map(async (path) => ({ location: path, document: parse(await readFile(join('src', path), 'utf8')) })),
);
const schema = parse(await readFile('../schema.graphql', 'utf8'));
for (const { target, request, isOf } of TARGETS) {
  const written = await codegen({
    schema,
    documents: documents.filter(({ location }) => isOf(location)),
    filename: target,
    config: { scalars: SCALARS, strictScalars: true, enumsAsTypes: true, skipTypename: true },
    plugins: [{ types: {} }, { texts: {} }],
    pluginMap: { types, texts },
  });
  const content = `// Written by \`npm run documents\`, out of schema.graphql and the .graphql files beside the pages.

import type { Document } from '${request}';

${written}`;

  if (!process.argv.includes('--check')) {
    await writeFile(target, content);
  } else if (content !== (await readFile(target, 'utf8').catch(() => ''))) {
    console.error(`${target} is not what the schema and the documents make: run npm run documents and commit it.`);
    process.exitCode = 1;
  }
}
