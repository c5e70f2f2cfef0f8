using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;
using Xunit;

namespace MemOS.Testing.Vaults;

/// <summary>Asks two views of a vault everything that can be asked and expects the same answers.</summary>
public static class VaultComparison
{
    /// <param name="model">What is expected.</param>
    /// <param name="actual">The engine's view.</param>
    /// <param name="cubes">Cubes to ask for, erased ones too.</param>
    /// <param name="branches">Branches to ask for, closed ones too.</param>
    /// <param name="times">Transaction times to look back to.</param>
    public static void Equal(
        IVaultReader model, IVaultReader actual, IReadOnlyCollection<CubeId> cubes, IReadOnlyCollection<BranchName> branches, IReadOnlyCollection<DateTimeOffset> times)
    {
        Assert.Equal(model.LastSequence, actual.LastSequence);
        Assert.Equal(model.LastMessageNumber, actual.LastMessageNumber);
        Assert.Equal(model.LastJobNumber, actual.LastJobNumber);
        Assert.Equal(model.Statistics(), actual.Statistics() with { Bytes = 0 });
        EqualCubes(model.ReadCurrent(), actual.ReadCurrent());
        Assert.Equal(model.ReadUsage().OrderBy(used => used.Cube), actual.ReadUsage().OrderBy(used => used.Cube));
        EqualCubes(model.ReadStored(PayloadKind.Activation), actual.ReadStored(PayloadKind.Activation));
        EqualCubes(model.ReadCurrent(model.LastSequence / 2), actual.ReadCurrent(model.LastSequence / 2));
        Assert.Equal(model.ReadBranches().Select(branch => branch.ToString()), actual.ReadBranches().Select(branch => branch.ToString()));
        Assert.Equal(model.Space, actual.Space);
        Assert.Equal(model.StatePolicy, actual.StatePolicy);
        Assert.Equal(model.ReadSpaces(), actual.ReadSpaces());
        foreach (string space in new[] { "a", "b", "none" })
        {
            Assert.Equal(model.CountVectors(space), actual.CountVectors(space));
            EqualCubes(model.ReadWithoutVector(space), actual.ReadWithoutVector(space));
            EqualCubes(model.ReadWithoutVector(space, model.LastSequence / 2), actual.ReadWithoutVector(space, model.LastSequence / 2));
            Assert.Equal(
                model.ReadCurrentWithVectors(space).Select(pair => Description.Of(pair.Cube) + Description.Of(pair.Vector)),
                actual.ReadCurrentWithVectors(space).Select(pair => Description.Of(pair.Cube) + Description.Of(pair.Vector)));
        }

        foreach (BranchName branch in branches)
        {
            EqualCubes(model.ReadBranch(branch), actual.ReadBranch(branch));
        }

        foreach (DateTimeOffset time in times)
        {
            EqualCubes(model.ReadAsOf(time), actual.ReadAsOf(time));
        }

        foreach (CubeId cube in cubes)
        {
            EqualCube(model, actual, cube, branches, times);
        }

        for (long sequence = 0; sequence <= model.LastSequence + 1; sequence++)
        {
            MemCube? expected = model.FindBySequence(sequence);
            Assert.Equal(Description.Of(expected), Description.Of(actual.FindBySequence(sequence)));
            Assert.Equal(
                expected is null ? "none" : Description.Of(model.FindVector(sequence, "a")), Description.Of(actual.FindVector(sequence, "a")));
            if (expected?.Text is { } text)
            {
                long hash = TextIdentity.Hash(expected.Descriptive.Speaker, text);
                EqualCubes(model.FindByText(hash), actual.FindByText(hash));
            }

            if (expected?.Descriptive.FactKey is { } key)
            {
                EqualCubes(model.FindByFactKey(key), actual.FindByFactKey(key));
            }
        }

        EqualMessages(model, actual);
        EqualLogs(model, actual, cubes);
    }

    private static void EqualCube(
        IVaultReader model, IVaultReader actual, CubeId cube, IReadOnlyCollection<BranchName> branches, IReadOnlyCollection<DateTimeOffset> times)
    {
        foreach (BranchName branch in branches)
        {
            Assert.Equal(Description.Of(model.Find(cube, branch)), Description.Of(actual.Find(cube, branch)));
            EqualCubes(model.History(cube, branch), actual.History(cube, branch));
            for (int version = 0; version < 4; version++)
            {
                Assert.Equal(Description.Of(model.FindVersion(cube, version, branch)), Description.Of(actual.FindVersion(cube, version, branch)));
            }
        }

        foreach (DateTimeOffset time in times)
        {
            Assert.Equal(Description.Of(model.FindAsOf(cube, time)), Description.Of(actual.FindAsOf(cube, time)));
        }

        Assert.Equal(model.FindDerived(cube), actual.FindDerived(cube));
        Assert.Equal(model.Usage(cube), actual.Usage(cube));
    }

    private static void EqualMessages(IVaultReader model, IVaultReader actual)
    {
        string[] expected = [.. model.ReadMessages().Select(Description.Of)];
        Assert.Equal(expected, actual.ReadMessages().Select(Description.Of));
        Assert.Equal(model.ReadMessages(2, 5).Select(Description.Of), actual.ReadMessages(2, 5).Select(Description.Of));
        foreach (string? conversation in model.ReadMessages().Select(message => message.Conversation).Append(null).Append("no such").Distinct())
        {
            Assert.Equal(model.ReadConversation(conversation).Select(Description.Of), actual.ReadConversation(conversation).Select(Description.Of));
        }

        for (long number = 0; number <= model.LastMessageNumber + 1; number++)
        {
            Reader.Message? message = model.FindMessage(number);
            Assert.Equal(Description.Of(message), Description.Of(actual.FindMessage(number)));
            Assert.Equal(model.FindBySource(number), actual.FindBySource(number));
            if (message is not null)
            {
                Assert.Equal(Description.Of(message), Description.Of(actual.FindMessage(message.Id, message.Conversation)));
                Assert.Null(actual.FindMessage(message.Id, "no such"));
            }
        }
    }

    private static void EqualLogs(IVaultReader model, IVaultReader actual, IReadOnlyCollection<CubeId> cubes)
    {
        var queries = new List<AuditQuery>
        {
            new() { Limit = 10_000 }, new() { Limit = 3 }, new() { Caller = "owner" }, new() { Operation = AuditOperations.Update },
            new() { Time = new TimeInterval(model.Now.AddMinutes(-10), model.Now) },
        };
        queries.AddRange(cubes.Select(cube => new AuditQuery { Cube = cube }));
        foreach (AuditQuery query in queries)
        {
            Assert.Equal(model.ReadAudit(query), actual.ReadAudit(query));
        }

        Assert.Equal(model.ReadDueJobs(100), actual.ReadDueJobs(100));
        Assert.Equal(model.ReadDueJobs(2), actual.ReadDueJobs(2));
        Assert.Equal(model.ReadDeadJobs(100), actual.ReadDeadJobs(100));
        Assert.Equal(model.ReadJobs(0, 100), actual.ReadJobs(0, 100));
        Assert.Equal(model.ReadJobs(2, 3), actual.ReadJobs(2, 3));
    }

    private static void EqualCubes(IEnumerable<MemCube> model, IEnumerable<MemCube> actual) =>
        Assert.Equal(model.Select(Description.Of), actual.Select(Description.Of));
}
