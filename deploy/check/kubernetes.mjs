// Holds manifests to the schemas of Kubernetes: node kubernetes.mjs <folder with node_modules> <file>...
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const load = name => import(pathToFileURL(resolve(folder, 'node_modules', name)));
const yaml = (await load('yaml/dist/index.js')).default;

for (const file of files) {
  for (const document of yaml.parseAllDocuments(readFileSync(file, 'utf8'))) {
    const manifest = document.toJS();
    try {
      const models = await load(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}.js`);
      new models[manifest.kind](manifest).validate();
    } catch (problem) {
      console.error(`${manifest.kind} ${manifest.metadata?.name}: ${problem.message}`);
      process.exitCode = 1;
    }
  }
}
