using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Operator.Recall;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.OpenMem;

/// <summary><c>add/</c>, <c>get/</c> and <c>delete/knowledgebase-file</c>: plain text, sent along as base64, data URI or upload. No address and no path is ever opened.</summary>
internal static class KnowledgeFiles
{
    private const int MostFiles = 20;
    private const string NameKey = "file_name";
    private const string SizeKey = "file_size";
    private static readonly string[] Endings = [".txt", ".md", ".json", ".xml", ".csv", ".log", ""];

    public static async Task<WireAnswer> AddAsync(HttpContext context, CallerVaults host, CancellationToken cancellationToken)
    {
        (string id, IReadOnlyList<(string Name, byte[] Bytes)> files) = context.Request.HasFormContentType ? await ReadFormAsync(context, cancellationToken) : ReadBody(await WireBody.BindAsync(context));
        VaultId vault = KnowledgeBases.Require(id, host);
        if (files.Count is 0 or > MostFiles)
        {
            throw new BodyFaultException("file", $"file must hold 1 to {MostFiles} files.");
        }

        // All are read before the first is stored.
        (string Name, byte[] Bytes, string Text)[] read = [.. files.Select(file => (file.Name, file.Bytes, TextOf(file.Name, file.Bytes)))];
        JsonArray data = [];
        foreach ((string name, byte[] bytes, string text) in read)
        {
            string file = IdOf(vault, name, bytes);
            DocumentInput document = new()
            {
                Name = name,
                Text = text,
                Info = ImmutableSortedDictionary<string, string>.Empty.Add(ProductInfo.File, file).Add(NameKey, name).Add(SizeKey, bytes.Length.ToString(CultureInfo.InvariantCulture)),
            };
            await host.ChangeAsync(
                "create_memory", vault, opened => opened.AddDocumentAsync(document, host.Caller, cancellationToken), added => added.SelectMany(message => message.Cubes), cancellationToken);
            data.Add((JsonNode)new JsonObject { ["id"] = file, ["type"] = "document", ["name"] = name, ["sizeMB"] = Math.Round(bytes.Length / 1048576.0, 4), ["status"] = "completed" });
        }

        return WireAnswer.OpenMem(data);
    }

    public static async Task<WireAnswer> ListAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? ids = body.Texts("file_ids");
        int page = body.Count("page", 1, int.MaxValue) ?? body.Count("current", 1, int.MaxValue) ?? 1;
        int size = body.Count("page_size", 1, 1000) ?? 20;
        IReadOnlyList<VaultId> vaults = body.Text("knowledgebase_id") is { } named ? [KnowledgeBases.Require(named, host)]
            : ids is not null ? PlacesOf(ids, host)
            : throw BodyFaultException.Missing("knowledgebase_id");
        List<JsonObject> files = [];
        foreach (VaultId vault in body.Text("type") is null or "document" ? vaults : []) // skills there are none
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, vault, cancellationToken);
            files.AddRange(lease?.Vault.Read(reader => FilesOf(reader).ToArray()) ?? []);
        }

        JsonObject[] wanted = [.. files.Where(file => ids is null || ids.Contains((string?)file["id"]))];
        return WireAnswer.OpenMem(new JsonObject
        {
            ["file_detail_list"] = new JsonArray([.. wanted.Skip((int)Math.Min(int.MaxValue, (page - 1L) * size)).Take(size)]),
            ["total"] = wanted.Length,
            ["page"] = page,
            ["page_size"] = size,
        });
    }

    public static async Task<WireAnswer> DeleteAsync(WireBody body, CallerVaults host, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = body.Texts("file_ids") ?? throw BodyFaultException.Missing("file_ids");
        int deleted = 0;
        foreach (VaultId vault in PlacesOf(ids, host))
        {
            await using VaultLease? lease = await ProductCubes.FindAsync(host, vault, cancellationToken);
            if (lease is not null)
            {
                CubeFilter of = CubeFilter.Or([.. ids.Select(ProductFilters.OfFile)]);
                deleted += await ProductDeleting.DeleteMatchingAsync(lease.Vault, of, null, null, host, cancellationToken);
            }
        }

        return deleted > 0 ? WireAnswer.OpenMem(new JsonObject { ["success"] = true }) : throw new MemOSException(ErrorCodes.CubeNotFound, "None of these files exists here; nothing was deleted.");
    }

    // The same file again has the same id.
    private static string IdOf(VaultId vault, string name, byte[] bytes)
    {
        ulong hash = XxHash3.HashToUInt64([.. Encoding.UTF8.GetBytes(name), 0, .. bytes]);
        return new PlacedId(PlacedId.PlaceOf(vault), (int)(hash >> 60), (long)(hash & ((1UL << 60) - 1))).ToString();
    }

    private static VaultId[] PlacesOf(IReadOnlyList<string> ids, CallerVaults host)
    {
        HashSet<ulong> places = [.. ids.Select(id => PlacedId.TryParse(id, out PlacedId placed) ? placed.Place : 0)];
        return [.. host.List().Where(vault => KnowledgeBases.Is(vault) && places.Contains(PlacedId.PlaceOf(vault)))];
    }

    private static IEnumerable<JsonObject> FilesOf(IVaultReader reader) => reader.ReadCurrent()
        .Where(cube => cube.State is not (CubeState.Archived or CubeState.Expired) && cube.Descriptive.Info?.ContainsKey(ProductInfo.File) == true)
        .GroupBy(cube => cube.Descriptive.Info![ProductInfo.File]) // just filtered
        .Select(file => new JsonObject
        {
            ["id"] = file.Key,
            ["type"] = "document",
            ["name"] = file.First().Descriptive.Info!.GetValueOrDefault(NameKey),
            ["size"] = file.First().Descriptive.Info!.GetValueOrDefault(SizeKey),
            ["status"] = "completed",
        });

    private static (string Id, IReadOnlyList<(string, byte[])> Files) ReadBody(WireBody body)
    {
        string id = body.Required("knowledgebase_id");
        JsonElement list = body.Json("file") switch
        {
            { ValueKind: JsonValueKind.Array } several => several,
            null => throw BodyFaultException.Missing("file"),
            _ => throw new BodyFaultException("file", "file must be a list."),
        };
        return (id, [.. list.EnumerateArray().Select((file, i) => ReadFile(file, $"file.{i}"))]);
    }

    private static (string, byte[]) ReadFile(JsonElement file, string at)
    {
        if (file.Object(at).Text("type", at) is { } type && type != "document")
        {
            throw new MemOSException("not_offered", $"{at}: this server keeps documents and no skills.");
        }

        string content = file.Text("content", at) ?? throw BodyFaultException.Missing($"{at}.content");
        if (content.Contains("://", StringComparison.Ordinal))
        {
            throw new MemOSException("not_offered", $"{at}: this server fetches no address that a client names. Send the file itself, as base64 or a data URI.");
        }

        byte[] bytes = ProductFile.Bytes(content) ?? throw new MemOSException("unsupported_file", $"{at}.content is neither base64 nor a data URI.");
        return (file.Text("name", at) ?? file.Text("file_name", at) ?? "file", bytes);
    }

    private static async Task<(string Id, IReadOnlyList<(string, byte[])> Files)> ReadFormAsync(HttpContext context, CancellationToken cancellationToken)
    {
        IFormCollection form = await ReadFormAsync(context.Request, cancellationToken);
        string id = context.Request.Query["knowledgebase_id"] is [{ Length: > 0 } named] ? named : form["knowledgebase_id"] is [{ Length: > 0 } inForm] ? inForm : throw BodyFaultException.Missing("knowledgebase_id");
        if (context.Request.Query["type"] is [{ Length: > 0 } type] && type != "document")
        {
            throw new MemOSException("not_offered", "This server keeps documents and no skills.");
        }

        List<(string, byte[])> files = [];
        foreach (IFormFile file in form.Files)
        {
            using MemoryStream bytes = new();
            await file.CopyToAsync(bytes, cancellationToken);
            files.Add((Path.GetFileName(file.FileName) is { Length: > 0 } name ? name : "file", bytes.ToArray()));
        }

        return (id, files);
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BodyFaultException("file", "The upload is not a valid form.");
        }
    }

    private static string TextOf(string name, byte[] bytes)
    {
        MessageRules.RequireName(name, "file.name");
        string? text = Endings.Contains(Path.GetExtension(name).ToLowerInvariant()) ? ProductFile.TextOf(bytes) : null;
        return !string.IsNullOrWhiteSpace(text) ? text : throw new MemOSException("unsupported_file", "This server reads files of plain text only: txt, md, json, xml, csv. Send the text of this one.");
    }
}
