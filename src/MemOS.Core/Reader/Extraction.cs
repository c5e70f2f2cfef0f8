using System.Globalization;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator;
using MemOS.Reader.Statements;
using MemOS.Vaults;

namespace MemOS.Reader;

/// <summary>
/// Reads facts, events and preferences out of stored messages without a model (paper, MemReader): each becomes a cube of its own that points to its exact
/// words, unless it says what another cube says already.
/// </summary>
/// <remarks>Reading a message again makes nothing new: what was read from a span is found by its source.</remarks>
internal static class Extraction
{
    /// <summary>Whether a message says something that is to be read out of it. Cheap: most messages do not.</summary>
    public static bool HasStatements(Message message) => StatementReader.Read(message).Count > 0;

    /// <summary>Reads messages ahead of the plan: what they say does not change.</summary>
    /// <param name="reader">Where they are stored.</param>
    /// <param name="argument">Their numbers, see <see cref="MessageNumbers"/>.</param>
    /// <returns>Those that say something, and what.</returns>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when the argument is no list of numbers.</exception>
    public static IReadOnlyList<(Message Message, IReadOnlyList<Statement> Statements)> Read(IVaultReader reader, string argument)
    {
        List<(Message, IReadOnlyList<Statement>)> read = [];
        foreach (Message message in MessageNumbers.Parse(argument).SelectMany(run => reader.ReadMessages(run.First, run.Last)))
        {
            IReadOnlyList<Statement> statements = StatementReader.Read(message);
            if (statements.Count > 0)
            {
                read.Add((message, statements));
            }
        }

        return read;
    }

    /// <summary>Plans what becomes of what was read. Messages that were forgotten since are left alone.</summary>
    /// <param name="plan">The write.</param>
    /// <param name="argument">The numbers of the messages.</param>
    /// <param name="messages">What <see cref="Read(IVaultReader, string)"/> returned.</param>
    public static void Plan(WritePlan plan, string argument, IReadOnlyList<(Message Message, IReadOnlyList<Statement> Statements)> messages)
    {
        DerivedCubes derived = new(plan);
        int read = 0;
        foreach ((Message message, IReadOnlyList<Statement> statements) in messages)
        {
            read += Read(plan, derived, message, statements);
        }

        if (read > 0)
        {
            derived.Write();
            plan.Audit(AuditOperations.Extract, detail: string.Create(CultureInfo.InvariantCulture, $"messages {argument}: {read} statements"));
        }
    }

    private static int Read(WritePlan plan, DerivedCubes derived, Message message, IReadOnlyList<Statement> statements)
    {
        IReadOnlyList<MemCube> known = derived.FindBySource(message.Number);
        MemCube[] episodes = [.. known.Where(cube => !IsDerived(cube) && cube.State is not (CubeState.Archived or CubeState.Expired))];
        if (episodes.Length == 0)
        {
            return 0; // the turn was put away: nothing is to be learned from it
        }

        int read = 0;
        foreach (Statement statement in statements)
        {
            MessageSource source = new(message.Id, message.Conversation, message.Number, statement.Start, statement.Length);
            if (known.Any(cube => IsDerived(cube) && cube.Descriptive.Type == statement.Type && cube.Sources.Contains(source)) || !Adds(statement, message))
            {
                continue;
            }

            MemCube cube = Make(plan, message, statement, source, episodes);
            read += statement.FactKey is null ? NearDuplicates.Add(derived, cube)
                : statement.IsNegated ? Supersession.End(derived, cube, statement)
                : Supersession.Add(derived, cube, statement);
        }

        return read;
    }

    /// <summary>Whether a cube was read out of a turn, and is not a turn itself.</summary>
    private static bool IsDerived(MemCube cube) => cube.Lineage.Any(derivation => derivation.Kind is DerivationKind.ExtractedFrom);

    // The turn's own cube says the same when the statement is all of it, unless the reading knows more than the words.
    private static bool Adds(Statement statement, Message message) =>
        statement.FactKey is not null || statement.Type != SemanticType.Fact || statement.Length < message.Text.AsSpan().Trim().Length;

    private static MemCube Make(WritePlan plan, Message message, Statement statement, MessageSource source, MemCube[] episodes) => new()
    {
        Id = new CubeId(Guid.CreateVersion7(plan.Now)),
        Version = 1,
        State = CubeState.Generated,
        Payload = new PlaintextPayload(statement.Text),
        Fingerprint = episodes[0].Fingerprint,
        Governance = episodes.Select(episode => episode.Governance).Aggregate(StricterGovernance.Of),
        Valid = statement.Valid,
        Sources = [source],
        Lineage = [.. episodes.Select(episode => new Derivation(DerivationKind.ExtractedFrom, episode.Id, episode.Version))],
        Descriptive = new DescriptiveHeader
        {
            CreatedAt = plan.Now,
            Origin = OriginSignature.InferenceExtraction,
            Type = statement.Type,
            SaidAt = message.Time,
            Speaker = message.Speaker,
            Role = message.Role.Value,
            Context = message.Conversation,
            FactKey = statement.FactKey,
            Entities = statement.Entities,
            Tags = [.. message.Tags.Union(statement.Tags)],
            Info = message.Info,
        },
    };
}
