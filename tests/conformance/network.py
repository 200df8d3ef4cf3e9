"""Check 9: the network opens in what reads Gephi's files: edges.csv, nodes.csv and network.gexf agree."""

import subprocess

from written import as_csv, fail, load, main, same


def check(work):
    import networkx
    import pandas

    sizes = []
    for folder in (work / 'sample', work / 'spreadsheet', work / 'terms'):
        for name, begins in (('nodes', ['Label', 'Id']), ('edges', ['Source', 'Target', 'Type', 'Weight'])):
            raw = (folder / f'{name}.csv').read_bytes()
            header, rows = load(folder / f'{name}.csv')
            if raw.startswith(b'\xef\xbb\xbf') or header[:len(begins)] != begins:
                fail(f'{folder}/{name}.csv begins with {raw[:40]!r}')
        done = subprocess.run(['xmllint', '--noout', str(folder / 'network.gexf')], capture_output=True, text=True)
        if done.returncode != 0:
            fail(done.stderr[:500])
        network = networkx.read_gexf(folder / 'network.gexf')
        nodes = pandas.read_csv(folder / 'nodes.csv', dtype={'Id': str, 'Label': str}, keep_default_na=False)
        edges = pandas.read_csv(folder / 'edges.csv', dtype={'Source': str, 'Target': str}, keep_default_na=False)
        same('networkx', folder, sorted(nodes['Id']), sorted(as_csv(node) for node in network.nodes))
        frame = networkx.from_pandas_edgelist(edges, 'Source', 'Target', edge_attr='Weight')
        weights = lambda graph, name: sorted((*sorted(map(as_csv, ends)), int(data[name])) for *ends, data in graph.edges(data=True))
        same('networkx', folder, sorted((*sorted((a, b)), int(w)) for a, b, w in zip(edges['Source'], edges['Target'], edges['Weight'])), weights(network, 'weight'))
        if frame.number_of_edges() != len(edges):
            fail(f'{folder}/edges.csv names a pair twice')
        in_graph = {as_csv(node): node for node in network.nodes}
        for row in nodes.itertuples():
            data = network.nodes[in_graph[row.Id]]
            # The spreadsheet's guard is not in the graph.
            if as_csv(data['label']) != row.Label or data['frequency'] != row.frequency or network.degree(in_graph[row.Id]) != row.degree:
                fail(f'{folder}/network.gexf: {data} is not {row}')
            score = data.get('score', '')
            if score != row.score and abs(score - float(row.score)) >= 1e-6:
                fail(f'{folder}/network.gexf: {data} is not {row}')
        sizes.append(f'{len(nodes)} nodes and {len(edges)} edges')
    return f'network: {", ".join(sizes)} agree in nodes.csv, edges.csv and network.gexf'


main(check)
