// Removes compiled files whose source is gone, before an incremental build.
// A renamed source would otherwise leave a module behind that still loads and is still measured.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

for (const dist of ['dist', 'dist-bench'].filter((folder) => existsSync(folder))) {
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/(\.d\.ts|\.js)(\.map)?$/, '.ts');
    if (source !== file && !existsSync(source)) rmSync(path.join(dist, file));
  }
}
