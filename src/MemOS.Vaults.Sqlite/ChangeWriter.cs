using System.Collections.Immutable;
using MemOS.Cubes;
using MemOS.Reader;

namespace MemOS.Vaults.Sqlite;

/// <summary>Writes the rows of a change that was checked, inside the open transaction, and fills in its numbers and times.</summary>
internal sealed class ChangeWriter(Database database, NumberedNames conversations, NumberedNames spaces, MessageIds messages, TextTable texts)
{
    private readonly Statement _message = database.Prepare(
        "INSERT INTO message(number, conversation, id, received, time, offset, role, speaker, text, more, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _end = database.Prepare("UPDATE version SET tx_to = ?, sum = ? WHERE sequence = ?");
    private readonly VersionInsert _version = new(database, texts);
    private readonly Statement _source = database.Prepare("INSERT OR IGNORE INTO source(message, sequence) VALUES (?, ?)");
    private readonly Statement _lineage = database.Prepare("INSERT OR IGNORE INTO lineage(cube, sequence) VALUES (?, ?)");
    private readonly Statement _vector = database.Prepare("INSERT INTO vector(key, value, sum) VALUES (?, ?, ?)");
    private readonly SpaceRows _spaces = new(database, spaces);
    private readonly SideRows _side = new(database);
    private readonly List<CurrentVersion> _written = [];
    private readonly List<long> _opened = [];

    /// <summary>Writes everything but forgetting and returns the counters after it.</summary>
    public Counters Write(VaultChange change, ChangePlan plan, Counters counters, long time)
    {
        DateTimeOffset now = Ticks.Decode(time);
        long lastOfMain = counters.Sequence;
        _opened.Clear();
        foreach (BranchName name in change.NewBranches)
        {
            _opened.Add(_side.OpenBranch(new Branch(name, lastOfMain, now)));
        }

        messages.Begin();
        counters = WriteMessages(change.Messages, counters, now);
        counters = WriteCubes(change, plan, counters, now);
        _spaces.Write(change);
        if (change.StatePolicy is { } policy)
        {
            _side.NotePolicy(policy);
        }

        for (int i = 0; i < change.Audit.Count; i++)
        {
            counters = counters with { Audit = counters.Audit + 1 };
            _side.Insert(change.Audit[i] = change.Audit[i] with { Sequence = counters.Audit, At = now });
        }

        for (int i = 0; i < change.NewJobs.Count; i++)
        {
            counters = counters with { Job = counters.Job + 1 };
            _side.Insert(change.NewJobs[i] = change.NewJobs[i] with { Number = counters.Job });
        }

        change.FailedJobs.ForEach(_side.Update);
        change.FinishedJobs.ForEach(_side.FinishJob);
        change.Usage.ForEach(_side.Count);
        foreach (BranchName name in change.ClosedBranches)
        {
            _side.CloseBranch(name);
        }

        return counters with { Time = time };
    }

    private Counters WriteMessages(List<Message> added, Counters counters, DateTimeOffset now)
    {
        for (int i = 0; i < added.Count; i++)
        {
            counters = counters with { Message = counters.Message + 1 };
            Message message = added[i] = added[i] with { Number = counters.Message, ReceivedAt = now };
            byte[]? more = MessageRows.EncodeMore(message);
            var sum = new RowSum(message.Number);
            sum.Add(message.Conversation);
            sum.Add(message.Id);
            sum.Add(now.UtcTicks);
            sum.Add(message.Time.UtcTicks);
            sum.Add((long)message.Time.Offset.TotalMinutes);
            sum.Add(message.Role.Value);
            sum.Add(message.Speaker);
            _message.Bind(0, message.Number);
            _message.Bind(1, message.Conversation is null ? 0 : conversations.Number(message.Conversation));
            _message.Bind(2, message.Id);
            _message.Bind(3, now.UtcTicks);
            _message.Bind(4, message.Time.UtcTicks);
            _message.Bind(5, (long)message.Time.Offset.TotalMinutes);
            _message.Bind(6, message.Role.Value);
            _message.Bind(7, message.Speaker);
            StoredText.Bind(_message, 8, message.Text, ref sum);
            if (more is null)
            {
                _message.BindNull(9);
                sum.Add(-1L);
            }
            else
            {
                _message.Bind(9, more);
                sum.Add(more);
            }

            _message.Bind(10, sum.Value);
            _message.Execute();
        }

        return counters;
    }

    private Counters WriteCubes(VaultChange change, ChangePlan plan, Counters counters, DateTimeOffset now)
    {
        _written.Clear();
        for (int i = 0; i < change.Cubes.Count; i++)
        {
            CubeWrite write = change.Cubes[i];
            counters = counters with { Sequence = counters.Sequence + 1 };
            MemCube cube = write.Cube = write.Cube with
            {
                Sequence = counters.Sequence,
                TxFrom = now,
                TxTo = null,
                Sources = Resolve(write.Cube.Sources, change, plan),
            };
            long branch = plan.Branches[i] < 0 ? _opened[(int)(-1 - plan.Branches[i])] : plan.Branches[i];
            EndPredecessor(plan.Predecessors[i], cube, change, now.UtcTicks);
            _written.Add(new CurrentVersion(cube.Version, cube.Sequence, _version.Run(cube, branch, write.TextHash)));
            WriteLinks(cube);
            if (write.Vector is { } vector)
            {
                long key = VectorRows.Key(spaces.Number(vector.Space), cube.Sequence);
                RowSum sum = VectorRows.Begin(key, vector.Space);
                _vector.Bind(0, key);
                VectorRows.Bind(_vector, 1, vector.Values.Span, ref sum);
                _vector.Bind(2, sum.Value);
                _vector.Execute();
            }
        }

        return counters;
    }

    private void EndPredecessor(CurrentVersion predecessor, MemCube cube, VaultChange change, long time)
    {
        if (predecessor.Number == 0 || predecessor.Sequence == CurrentVersion.NotEnded)
        {
            return;
        }

        // Sequence 0: the predecessor was written by this very change.
        if (predecessor.Sequence == 0)
        {
            int index = _written.Count - 1;
            while (change.Cubes[index].Cube.Id != cube.Id || change.Cubes[index].Cube.Branch != cube.Branch)
            {
                index--;
            }

            predecessor = _written[index];
            change.Cubes[index].Cube = change.Cubes[index].Cube with { TxTo = Ticks.Decode(time) };
        }

        _end.Bind(0, time);
        _end.Bind(1, CubeRows.WithEnd(predecessor.Sum, time));
        _end.Bind(2, predecessor.Sequence);
        _end.Execute();
    }

    private void WriteLinks(MemCube cube)
    {
        foreach (MessageSource source in cube.Sources)
        {
            _source.Bind(0, source.Number);
            _source.Bind(1, cube.Sequence);
            _source.Execute();
        }

        if (cube.Lineage.IsDefaultOrEmpty)
        {
            return;
        }

        foreach (Derivation edge in cube.Lineage)
        {
            _lineage.Bind(0, edge.Cube.Value);
            _lineage.Bind(1, cube.Sequence);
            _lineage.Execute();
        }
    }

    private ImmutableArray<MessageSource> Resolve(ImmutableArray<MessageSource> sources, VaultChange change, ChangePlan plan)
    {
        if (sources.IsDefaultOrEmpty)
        {
            return [];
        }

        ImmutableArray<MessageSource>.Builder? resolved = null;
        for (int i = 0; i < sources.Length; i++)
        {
            MessageSource source = sources[i];
            long number = plan.Messages.TryGetValue((source.Conversation, source.MessageId), out int index) ? change.Messages[index].Number
                : source.Number != 0 ? source.Number
                : messages.Find(source.Conversation, source.MessageId) ?? 0;
            if (number != source.Number)
            {
                resolved ??= sources.ToBuilder();
                resolved[i] = source with { Number = number };
            }
        }

        return resolved is null ? sources : resolved.MoveToImmutable();
    }
}
