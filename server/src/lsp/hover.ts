import { toHover, toOffset } from './convert.ts';
import { fileOf, type Part } from './part.ts';

export const hover: Part = {
  capabilities: () => ({ hoverProvider: true }),
  serve(host) {
    const { connection, service, guard, client } = host;
    connection.onHover(
      guard('Hover', null, async (params) => {
        const file = await fileOf(host, params);
        const found = file && service.hover(file.analysis, toOffset(file.analysis, params.position), file.settings);
        return file && found ? toHover(file.analysis, found, client().hoverFormat) : null;
      }),
    );
  },
};
