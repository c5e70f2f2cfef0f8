using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Reader;
using MemOS.Scheduler;
using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>Turns random numbers into operations on a vault. The same numbers on the same state are the same operation.</summary>
public sealed class VaultSteps
{
    public static readonly BranchName[] Branches = [BranchName.Main, new("draft"), new("what.if")];

    private static readonly string?[] Conversations = [null, "c1", "Ünïcödé 漢字", "c1 "];

    private static readonly string[] Texts =
        ["I live in Oslo.", "i  live in oslo", "", "A \0 NUL and a \ud83d half pair", "Emoji 👩‍👩‍👧 and \"quotes\" \\ \n lines", new string('x', 9000)];

    private readonly List<CubeId> _cubes = [.. Enumerable.Range(1, 6).Select(i => new CubeId(new Guid($"0190{i:x4}-0000-7000-8000-00000000000{i}")))];

    public IReadOnlyCollection<CubeId> Cubes => _cubes;

    /// <summary>The plan of one step.</summary>
    public Action<IVaultReader, VaultChange> Plan((byte Kind, byte A, byte B, byte C) step) => (reader, change) =>
    {
        (byte kind, byte a, byte b, byte c) = step;
        CubeId cube = _cubes[a % _cubes.Count];
        BranchName branch = Branches[b % Branches.Length];
        switch (kind % 15)
        {
            case 0:
            case 1:
                AddMessages(reader, change, a, b, c);
                break;
            case 2:
            case 3:
            case 4:
                WriteCube(reader, change, cube, branch, c, 0);
                break;
            case 5:
                // Several versions at once, and one that is stale now and then.
                WriteCube(reader, change, cube, branch, c, 0);
                WriteCube(reader, change, cube, branch, b, c % 4 == 0 ? 0 : 1);
                break;
            case 6:
                change.NewBranches.Add(Branches[1 + (b % 2)]);
                break;
            case 7:
                change.ClosedBranches.Add(Branches[1 + (b % 2)]);
                break;
            case 8:
                change.Usage.Add(new UsageDelta(cube, 1 + (b % 3), reader.Now.AddMinutes(-c), TimeSpan.FromHours(b % 5)));
                break;
            case 9:
                change.NewJobs.Add(new VaultJob(0, JobKinds.Extract, $"{a}-{b}", 0, reader.Now.AddMinutes(c % 7), null, false));
                break;
            case 10:
                WorkOnJobs(reader, change, a, b);
                break;
            case 11:
                change.ForgottenCubes.Add(cube);
                change.Audit.Add(new AuditEntry(0, default, "owner", AuditOperations.Forget, cube, 0, null));
                break;
            case 13:
                change.Vectors.AddRange(reader.ReadWithoutVector("a", b % (reader.LastSequence + 1)).Take(1 + (c % 3)).Select(version => Vector(version.Sequence, c)));
                change.Vectors.Add(Vector(1 + (b % (reader.LastSequence + 2)), c)); // one that is gone, or has a vector, now and then
                break;
            case 14:
                change.Space = c % 2 == 0 ? "a" : "b";
                change.StatePolicy = (a % 4) switch { 0 => null, 1 => "", _ => $$"""{"promote_heat":{{a}},"labels":["漢字 {{b}}"]}""" };
                change.Removed = c % 3 == 0 ? null : new VectorRemoval(b % 2 == 0 ? "a" : "b", 1 + (c % 4));
                break;
            default:
                if (reader.LastMessageNumber > 0)
                {
                    change.ForgottenMessages.Add(1 + (a % reader.LastMessageNumber));
                }

                break;
        }
    };

    private static VectorWrite Vector(long sequence, byte c) => new(sequence, new CubeVector("a", new[] { 0.8f, 0.6f, c / 256f }));

    private static void AddMessages(IVaultReader reader, VaultChange change, byte a, byte b, byte c)
    {
        for (int i = 0; i <= a % 3; i++)
        {
            change.Messages.Add(new Message
            {
                Id = $"m{(b + i) % 32}",
                Conversation = Conversations[c % Conversations.Length],
                Number = reader.LastMessageNumber + i + 1,
                Role = MessageRole.TryParse(i == 0 ? "user" : "tool", out MessageRole role) ? role : default,
                Speaker = b % 2 == 0 ? "Caroline" : null,
                Text = Texts[(b + i) % Texts.Length],
                Time = new DateTimeOffset(2023, 5, 1 + (c % 20), 12, 0, 0, TimeSpan.FromMinutes((b % 5 * 30) - 60)),
                Attachments = c % 5 == 0 ? [new MessageAttachment("image", "https://x/y.png", "a dog"), new MessageAttachment("file", "", null)] : [],
                ToolCalls = c % 7 == 0 ? [new ToolCall(null, "search", """{"q":"é"}""")] : [],
                ToolCallId = c % 11 == 0 ? "call-1" : null,
                Tags = b % 3 == 0 ? ["t1", "t2"] : [],
                Info = b % 4 == 0 ? ImmutableSortedDictionary<string, string>.Empty.Add("k", "\"v\"") : null,
            });
        }

        change.Audit.Add(new AuditEntry(0, default, "owner", AuditOperations.Add, default, 0, "messages"));
    }

    private void WriteCube(IVaultReader reader, VaultChange change, CubeId id, BranchName branch, byte c, int ahead)
    {
        MemCube? current = reader.Find(id, branch);
        Message? source = reader.ReadMessages().Skip(c % 3).FirstOrDefault();
        string text = Texts[c % Texts.Length];
        var cube = new MemCube
        {
            Id = id,
            Version = (current?.Version ?? 0) + 1 + ahead,
            Branch = branch,
            State = (CubeState)(1 + (c % 6)),
            Payload = new PlaintextPayload(text),
            Descriptive = new DescriptiveHeader
            {
                CreatedAt = current?.Descriptive.CreatedAt ?? reader.Now.AddSeconds(-c),
                Origin = (OriginSignature)(1 + (c % 4)),
                Type = c % 3 == 0 ? SemanticType.Fact : SemanticType.Episode,
                SaidAt = c % 2 == 0 ? new DateTimeOffset(2023, 5, 4, 9, c % 60, 0, TimeSpan.FromMinutes(330)) : null,
                Speaker = c % 2 == 0 ? "Caroline" : null,
                Role = c % 5 == 0 ? "user" : null,
                Context = c % 2 == 0 ? source?.Conversation : null,
                FactKey = c % 3 == 0 ? "caroline/residence" : null,
                Model = c % 13 == 0 ? "model \"x\"" : null,
                Entities = c % 4 == 0 ? ["Oslo"] : [],
                Tags = c % 5 == 0 ? ["a", "b"] : [],
                Info = c % 6 == 0 ? ImmutableSortedDictionary<string, string>.Empty.Add("k", "1").Add("l", "true") : null,
            },
            Governance = c % 7 != 0 ? GovernanceHeader.Default : new GovernanceHeader
            {
                Access = new AccessScope { Layer = AccessLayer.Private, Readers = ["bob"], Writers = ["al"] },
                Lifespan = new Lifespan(reader.Now.AddDays(c), TimeSpan.FromDays(2)),
                Priority = c - 100,
                Sensitivity = Sensitivity.Personal,
                Watermark = c % 2 == 0 ? "w" : null,
                Restricted = ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty.Add("text", ["bob"]),
            },
            Valid = c % 3 == 0 ? new TimeInterval(new DateTimeOffset(2020 + (c % 4), 1, 1, 0, 0, 0, TimeSpan.Zero), null) : TimeInterval.Always,
            Fingerprint = c % 9 == 0 ? ContextualFingerprint.Of(["a", "b"]) : null,
            Sources = source is null ? [] : [new MessageSource(source.Id, source.Conversation, c % 2 == 0 ? 0 : source.Number, 0, source.Text.Length)],
            Lineage = c % 4 == 0 ? [new Derivation(DerivationKind.Merged, _cubes[(c + 1) % _cubes.Count], 1, c % 8 == 0 ? "note" : null)] : [],
        };
        CubeVector? vector = c % 3 == 2 ? null : new CubeVector(c % 2 == 0 ? "a" : "b", new[] { 0.6f, -0.8f, c / 256f });
        change.Cubes.Add(new CubeWrite(cube, vector));
        change.Audit.Add(new AuditEntry(0, default, c % 2 == 0 ? "owner" : "al", AuditOperations.Update, id, cube.Version, null));
    }

    private static void WorkOnJobs(IVaultReader reader, VaultChange change, byte a, byte b)
    {
        if (reader.ReadDueJobs(10) is not { Count: > 0 } due)
        {
            return;
        }

        VaultJob job = due[a % due.Count];
        if (b % 2 == 0)
        {
            change.FinishedJobs.Add(job.Number);
        }
        else
        {
            change.FailedJobs.Add(job with { Attempts = job.Attempts + 1, DueAt = reader.Now.AddMinutes(2), Failure = "timeout", IsDead = job.Attempts >= 2 });
        }
    }
}
