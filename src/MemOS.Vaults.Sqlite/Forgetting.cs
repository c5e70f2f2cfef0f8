using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>Erases rows inside the open transaction, and notes what they held so that <see cref="ForgettingProof"/> can look for it.</summary>
internal sealed class Forgetting(Database database, NumberedNames conversations)
{
    public void Erase(VaultChange change, ForgottenContent content)
    {
        foreach (CubeId cube in change.ForgottenCubes)
        {
            EraseCube(cube, content);
        }

        foreach (long number in change.ForgottenMessages)
        {
            EraseMessage(number, content);
        }

        ForgettingProof.MarkPending(database);
    }

    private void EraseCube(CubeId cube, ForgottenContent content)
    {
        var sequences = new List<long>();
        using (Statement rows = Prepare("SELECT sequence, header, text, fact_key, payload FROM version WHERE cube = ?", cube))
        {
            while (rows.Step())
            {
                sequences.Add(rows.Int64(0));
                Note(rows, content);
                EraseLinks(rows.Int64(0), rows.Bytes(1), content);
            }
        }

        using Statement spaces = database.Prepare("SELECT number FROM space");
        while (spaces.Step())
        {
            long space = spaces.Int64(0);
            sequences.ForEach(sequence => EraseVector(VectorRows.Key(space, sequence), content));
        }

        Delete("DELETE FROM version WHERE cube = ?", cube);
        Delete("DELETE FROM usage WHERE cube = ?", cube);
    }

    private static void Note(Statement version, ForgottenContent content)
    {
        content.Search.Add(version.Bytes(2));
        content.Add(version.NullableText(3));
        if (!version.IsNull(4) && version.Bytes(4) is { Length: 32 } digest)
        {
            content.Payloads.Add(ContentHash.FromDigest(digest));
        }
    }

    private void EraseLinks(long sequence, ReadOnlySpan<byte> json, ForgottenContent content)
    {
        StoredHeader? header;
        try
        {
            header = HeaderReader.Read(json);
        }
        catch (JsonException)
        {
            header = null;
        }

        if (header is null)
        {
            // A damaged header can be forgotten too; its links are found the long way.
            content.Search.Add(json);
            Delete("DELETE FROM source WHERE sequence = ?", sequence);
            Delete("DELETE FROM lineage WHERE sequence = ?", sequence);
            return;
        }

        content.Add(header);
        foreach (StoredSource source in header.Sources ?? [])
        {
            Delete("DELETE FROM source WHERE message = ? AND sequence = ?", source.Number, sequence);
        }

        foreach (StoredDerivation edge in header.Lineage ?? [])
        {
            Delete("DELETE FROM lineage WHERE cube = ? AND sequence = ?", new CubeId(edge.Cube), sequence);
        }
    }

    private void EraseVector(long key, ForgottenContent content)
    {
        using (Statement row = Prepare("SELECT value FROM vector WHERE key = ?", key))
        {
            if (!row.Step())
            {
                return;
            }

            // Runs with many zeros occur by chance; a vector that is mostly zeros is not looked for.
            ReadOnlySpan<byte> value = row.Bytes(0);
            if (value.Count((byte)0) * 8 < value.Length)
            {
                content.Search.Add(value);
            }
        }

        Delete("DELETE FROM vector WHERE key = ?", key);
    }

    private void EraseMessage(long number, ForgottenContent content)
    {
        long conversation;
        using (Statement row = Prepare("SELECT conversation, id, speaker, text, more FROM message WHERE number = ?", number))
        {
            if (!row.Step())
            {
                return;
            }

            conversation = row.Int64(0);
            content.Add([row.Text(1), row.NullableText(2)]);
            content.Search.Add(row.Bytes(3));
            if (!row.IsNull(4))
            {
                NoteMore(row.Bytes(4), content);
            }
        }

        Delete("DELETE FROM message WHERE number = ?", number);
        EraseEmptyConversation(conversation, content);
    }

    private static void NoteMore(ReadOnlySpan<byte> json, ForgottenContent content)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, StoredJson.Compact.StoredMessage) is { } more)
            {
                content.Add(more);
            }
        }
        catch (JsonException)
        {
            content.Search.Add(json);
        }
    }

    private void EraseEmptyConversation(long conversation, ForgottenContent content)
    {
        using (Statement row = Prepare(
            "SELECT name FROM conversation WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM message WHERE conversation = ?1)", conversation))
        {
            if (!row.Step())
            {
                return;
            }

            content.Add(row.Text(0));
        }

        Delete("DELETE FROM conversation WHERE number = ?", conversation);
        conversations.Clear();
    }

    private Statement Prepare(string sql, params ReadOnlySpan<object> values)
    {
        Statement statement = database.Prepare(sql);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is CubeId cube)
            {
                statement.Bind(i, cube.Value);
            }
            else
            {
                statement.Bind(i, (long)values[i]);
            }
        }

        return statement;
    }

    private void Delete(string sql, params ReadOnlySpan<object> values)
    {
        using Statement statement = Prepare(sql, values);
        statement.Execute();
    }
}
