using System.Globalization;
using System.Net;
using MemOS.Scheduler.Transitions;
using Microsoft.Extensions.AI;

namespace MemOS.Server;

/// <summary>How the server runs. Nothing else configures it: it reads no settings file and no variables but <c>MEMOS_DATA</c>, <c>MEMOS_UPSTREAM</c>, <c>MEMOS_UPSTREAM_KEY</c> and <c>MEMOS_UPSTREAM_MODEL</c>.</summary>
public sealed record ServerSettings
{
    /// <summary>The folder of the vaults and of the admin key; <c>memos-data</c> in the current folder by default.</summary>
    public string DataFolder { get; init; } = "memos-data";

    /// <summary>Where to listen: one or more <c>http</c> URLs separated by semicolons. This machine only, port 8000, by default.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8000";

    /// <summary>Whether every request but <c>GET /health</c> needs the admin key. May be false only when all URLs are loopback addresses.</summary>
    public bool RequireKey { get; init; } = true;

    /// <summary>The address of the OpenAI-compatible endpoint behind <c>/v1/chat/completions</c>, for example <c>http://127.0.0.1:11434/v1</c>; null for none.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>The key of that endpoint; null when it asks for none.</summary>
    public string? UpstreamKey { get; init; }

    /// <summary>The model of that endpoint that is asked where a request names none, and that reads feedback; null for the first that it lists, and feedback read by rules.</summary>
    public string? UpstreamModel { get; init; }

    /// <summary>A further header in which clients may send their key, bare, for example <c>X-Api-Key</c>; null for <c>Authorization</c> alone.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>A model in this process behind <c>/v1/chat/completions</c>, in place of an endpoint; null for none. Not disposed by the server.</summary>
    public IChatClient? Model { get; init; }

    /// <summary>When texts become KV states, vault by vault, where there is no local model: what a vault may keep for the time when there is one. A local model brings its own.</summary>
    public TransitionPolicies Policies { get; init; } = new();

    /// <summary>How long a client may take to send the head of a request; 15 seconds by default.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many vaults stay open when nobody uses them, 1 to 100,000.</summary>
    public int MaximumOpenVaults { get; init; } = 256;

    /// <summary>Bytes that the indexes of open vaults may take before unused ones are closed; at least 1 MiB.</summary>
    public long IndexMemoryBudget { get; init; } = 1L << 30;

    /// <summary>Where times come from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the line about address and key is written; standard output by default.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Whether all URLs are addresses of this machine that no other machine can reach.</summary>
    internal bool IsLoopbackOnly => ListenUrls().All(url => url.IsLoopback);

    /// <summary>
    /// Reads <c>--data DIR</c>, <c>--urls URL</c>, <c>--upstream URL</c>, <c>--upstream-model NAME</c>, <c>--key-header NAME</c>, <c>--open-vaults N</c>, <c>--index-memory MB</c> and
    /// <c>--no-auth</c>, over the variables.
    /// </summary>
    /// <exception cref="ArgumentException">An argument is not known or lacks its value; the message says which.</exception>
    public static ServerSettings Parse(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        ServerSettings settings = new ServerSettings().WithVariables();
        for (int i = 0; i < args.Count; i++)
        {
            string? value = i + 1 < args.Count ? args[i + 1] : null;
            (settings, int used) = (args[i], value) switch
            {
                ("--no-auth", _) => (settings with { RequireKey = false }, 0),
                ("--data", { Length: > 0 }) => (settings with { DataFolder = value }, 1),
                ("--urls", { Length: > 0 }) => (settings with { Urls = value }, 1),
                ("--upstream", { Length: > 0 }) => (settings with { Upstream = ToUpstream(value) }, 1),
                ("--upstream-model", { Length: > 0 }) => (settings with { UpstreamModel = value }, 1),
                ("--key-header", { Length: > 0 }) => (settings with { KeyHeader = value }, 1),
                ("--open-vaults", { Length: > 0 }) => (settings with { MaximumOpenVaults = ToNumber(args[i], value) }, 1),
                ("--index-memory", { Length: > 0 }) => (settings with { IndexMemoryBudget = (long)ToNumber(args[i], value) << 20 }, 1),
                ("--data" or "--urls" or "--upstream" or "--upstream-model" or "--key-header" or "--open-vaults" or "--index-memory", _) => throw new ArgumentException($"{args[i]} needs a value."),
                _ => throw new ArgumentException($"'{args[i]}' is not known. Usage: [--data DIR] [--urls URL] [--upstream URL] [--upstream-model NAME] [--key-header NAME] [--open-vaults N] [--index-memory MB] [--no-auth]"),
            };
            i += used;
        }

        return settings;
    }

    /// <summary>Takes what the variables say.</summary>
    /// <exception cref="ArgumentException">One of them is not usable.</exception>
    public ServerSettings WithVariables()
    {
        string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        return this with
        {
            DataFolder = Variable("MEMOS_DATA") ?? DataFolder,
            Upstream = Variable("MEMOS_UPSTREAM") is { } url ? ToUpstream(url) : Upstream,
            UpstreamKey = Variable("MEMOS_UPSTREAM_KEY") ?? UpstreamKey,
            UpstreamModel = Variable("MEMOS_UPSTREAM_MODEL") ?? UpstreamModel,
        };
    }

    /// <summary>Reads the address of an endpoint.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static Uri ToUpstream(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Query.Length == 0
        ? url
        : throw new ArgumentException($"'{text}' is no address of an endpoint. Write it as http://127.0.0.1:11434/v1.");

    /// <summary>Refuses settings that cannot work or are not safe.</summary>
    /// <exception cref="ArgumentException">The message says what to change.</exception>
    internal void Validate()
    {
        if (ListenUrls().Length == 0)
        {
            throw new ArgumentException("Name at least one URL to listen on, for example http://127.0.0.1:8000.");
        }

        if (Upstream is not null && Model is not null)
        {
            throw new ArgumentException("Chat completions come either from an endpoint or from a model in this process; set one of them.");
        }

        if (MaximumOpenVaults is < 1 or > 100_000)
        {
            throw new ArgumentException($"Between 1 and 100,000 vaults may stay open, not {MaximumOpenVaults}.");
        }

        if (IndexMemoryBudget < 1 << 20)
        {
            throw new ArgumentException("The indexes of open vaults need at least 1 MB.");
        }

        if (KeyHeader is { } header && (header.Length > 100 || header.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))))
        {
            throw new ArgumentException("The header of the key has 1 to 100 letters, digits, - or _.");
        }

        if (!RequireKey && !IsLoopbackOnly)
        {
            throw new ArgumentException(
                $"Without a key, only this machine may connect: {Urls} is open to others. Listen on http://127.0.0.1 or http://[::1], or leave the key on.");
        }
    }

    private static int ToNumber(string name, string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new ArgumentException($"{name} takes a whole number, not '{value}'.");

    private Uri[] ListenUrls() => [.. Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Url)];

    private static Uri Url(string text)
    {
        // Kestrel reads "*" and "+" as every address.
        string spelled = text.Replace("//*", "//" + IPAddress.Any, StringComparison.Ordinal).Replace("//+", "//" + IPAddress.Any, StringComparison.Ordinal);
        return Uri.TryCreate(spelled, UriKind.Absolute, out Uri? url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/"
            ? url
            : throw new ArgumentException($"'{text}' is no URL to listen on. Write http://ADDRESS:PORT; for https put a reverse proxy in front.");
    }
}
