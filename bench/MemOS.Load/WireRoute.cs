using System.Net.Http.Json;

namespace MemOS.Load;

/// <summary>A route that is asked with JSON bodies over a plain HTTP client.</summary>
/// <param name="client">With address and key.</param>
/// <param name="add">Address and body of an add: text and speaker.</param>
/// <param name="search">Address and body of a question.</param>
internal sealed class WireRoute(HttpClient client, Func<string, string, (string Path, object Body)> add, Func<string, (string Path, object Body)> search) : ILoadRoute
{
    /// <summary>The wire of MemOS, <c>/product</c>.</summary>
    public static WireRoute Product(HttpClient client, string vault) => new(
        client,
        (text, speaker) => ("product/add", new { user_id = vault, messages = new[] { new { role = "user", name = speaker, content = text } } }),
        question => ("product/search", new { user_id = vault, query = question }));

    /// <summary>The wire of MemOS, <c>openmem/v1</c>.</summary>
    public static WireRoute OpenMem(HttpClient client, string vault) => new(
        client,
        (text, speaker) => ("api/openmem/v1/add/message", new { user_id = vault, messages = new[] { new { role = "user", name = speaker, content = text } } }),
        question => ("api/openmem/v1/search/memory", new { user_id = vault, query = question }));

    /// <summary>OpenAI's chat: each request recalls, asks the endpoint behind the server, and stores what was said on both sides.</summary>
    public static WireRoute Chat(HttpClient client, string vault)
    {
        return new WireRoute(client, (text, _) => Completion(text), Completion);

        (string, object) Completion(string text) =>
            ("v1/chat/completions", new { model = "scripted", messages = new[] { new { role = "user", content = text } }, memos = new { vault } });
    }

    public Task AddAsync(string text, string speaker) => SendAsync(add(text, speaker));

    public Task SearchAsync(string question) => SendAsync(search(question));

    private async Task SendAsync((string Path, object Body) request)
    {
        using HttpResponseMessage response = await client.PostAsJsonAsync(new Uri(request.Path, UriKind.Relative), request.Body);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }
}
