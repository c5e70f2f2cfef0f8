using MemOS.Cubes;
using MemOS.Vaults;
using Xunit;

namespace MemOS.Testing.Vaults;

/// <summary>What holds in every state of every vault.</summary>
public static class VaultInvariants
{
    public static void Check(IVaultReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var cubes = new HashSet<CubeId>();
        long versions = 0;
        for (long sequence = 1; sequence <= reader.LastSequence; sequence++)
        {
            if (reader.FindBySequence(sequence) is { } cube)
            {
                Assert.Equal(sequence, cube.Sequence);
                cubes.Add(cube.Id);
                versions++;
            }
        }

        Assert.Equal(versions, reader.Statistics().Versions);
        BranchName[] branches = [BranchName.Main, .. reader.ReadBranches().Select(branch => branch.Name)];
        long inChains = 0;
        foreach (BranchName branch in branches)
        {
            foreach (CubeId id in cubes)
            {
                IReadOnlyList<MemCube> chain = reader.History(id, branch);
                inChains += chain.Count;
                CheckChain(reader, chain, branch);
            }
        }

        Assert.Equal(versions, inChains);
        Assert.Equal(cubes.Count(id => reader.Find(id) is not null), reader.ReadCurrent().Count());
        Assert.All(reader.ReadMessages(), message => Assert.InRange(message.Number, 1, reader.LastMessageNumber));
        Assert.Equal(reader.Statistics().Messages, reader.ReadMessages().LongCount());
    }

    private static void CheckChain(IVaultReader reader, IReadOnlyList<MemCube> chain, BranchName branch)
    {
        for (int i = 0; i < chain.Count; i++)
        {
            MemCube cube = chain[i];
            Assert.Equal(chain[0].Version + i, cube.Version);
            Assert.Equal(i == chain.Count - 1, cube.IsCurrent);
            if (i > 0)
            {
                Assert.Equal(chain[i - 1].TxTo, cube.TxFrom);
                Assert.True(chain[i - 1].Sequence < cube.Sequence);
            }

            foreach (MessageSource source in cube.Sources)
            {
                Assert.Equal(source.MessageId, reader.FindMessage(source.Number)?.Id);
                Assert.Contains(cube.Id, reader.FindBySource(source.Number));
            }
        }

        if (branch.IsMain && chain.Count > 0)
        {
            Assert.Equal(1, chain[0].Version);
            Assert.Equal(chain[^1].Sequence, reader.Find(chain[0].Id)?.Sequence);
        }
    }
}
