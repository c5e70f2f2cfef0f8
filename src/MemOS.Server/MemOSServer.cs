using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MemOS.Activation;
using MemOS.Api;
using MemOS.Api.Product;
using MemOS.Server.Auth;
using MemOS.Server.Compat;
using MemOS.Server.Compat.OpenMem;
using MemOS.Server.Compat.Tasks;
using MemOS.Server.Errors;
using MemOS.Server.Mcp;
using MemOS.Server.OpenAI;
using MemOS.Server.Rest;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MemOS.Server;

/// <summary>The memory server: the native interface under <c>/api/v1</c>, the wire of existing clients under <c>/product</c>, that of OpenAI under <c>/v1</c>, and MCP under <c>/mcp</c>.</summary>
public static class MemOSServer
{
    /// <summary>The largest body of a request, in bytes.</summary>
    public const long MaximumBodyBytes = 32L << 20;

    /// <summary>The version that <c>/health</c> reports.</summary>
    public static string Version { get; } = typeof(MemOSServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Builds the server that arguments ask for; see <see cref="ServerSettings.Parse"/>.</summary>
    /// <exception cref="ArgumentException">The arguments are not usable.</exception>
    public static WebApplication Build(string[] args) => Build(ServerSettings.Parse(args));

    /// <summary>Builds the server. Makes the admin key when there is none yet. Start it with <c>RunAsync</c> or <c>StartAsync</c>.</summary>
    /// <exception cref="ArgumentException">The settings are not usable, or not safe.</exception>
    /// <exception cref="IOException">The data folder or the key file cannot be used.</exception>
    public static WebApplication Build(ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        AdminKey? key = settings.RequireKey ? AdminKey.LoadOrCreate(settings.DataFolder) : null;
        ApiKeys keys = new(settings.DataFolder, settings.Clock);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // no file and no variable may open another address
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5)); // who dawdles is hung up on
            kestrel.Limits.RequestHeadersTimeout = settings.HeadTimeout;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical) // who starts the server says why it did not start
            .AddFilter("ModelContextProtocol", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Services.AddSingleton(keys);
        AddServices(builder.Services, settings);
        WebApplication app = builder.Build();
        Map(app, new RequestGateOptions(key, keys, settings.IsLoopbackOnly && key is null, settings.KeyHeader));
        app.Lifetime.ApplicationStarted.Register(() => Announce(settings, key, app.Services.GetRequiredService<IServer>()));
        return app;
    }

    /// <summary>Builds the server and runs it until it is stopped.</summary>
    /// <returns>The exit code: 0, or 2 when it could not start, which is explained on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using WebApplication app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException or MemOSException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<FeedbackModel>();
        services.AddOptions<MemOSOptions>().Configure<FeedbackModel>((options, model) => options.Model = model.Client);
        services.AddSingleton(settings.Clock);
        services.AddMemOS(options =>
        {
            options.DataFolder = settings.DataFolder;
            options.MaximumOpenVaults = settings.MaximumOpenVaults;
            options.IndexMemoryBudget = settings.IndexMemoryBudget;
        });
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton(new FailureReader(settings.DataFolder));
        services.AddExceptionHandler<FailureHandler>();
        services.AddProblemDetails();
        services.AddScoped<CallerVaults>();
        services.AddSingleton<BuiltInEmbedder>();
        if (settings.Upstream is { } endpoint)
        {
            services.AddSingleton<IUpstream>(_ => new HttpUpstream(endpoint, settings.UpstreamKey, settings.Clock));
        }
        else if (settings.Model is { } model)
        {
            services.AddSingleton<IUpstream>(new ModelUpstream(model, settings.Clock));
            if (model.GetService(typeof(ActivationMemory)) is ActivationMemory activation)
            {
                services.AddSingleton(activation); // whoever made it disposes it
                services.AddSingleton(provider => new ActivationUpkeep(provider.GetRequiredService<VaultHost>(), activation, provider.GetRequiredService<ILogger<ActivationUpkeep>>()));
                services.AddHostedService(provider => provider.GetRequiredService<ActivationUpkeep>());
                services.AddSingleton(provider => new CartridgeTraining(provider.GetRequiredService<VaultHost>(), activation, settings.Clock, provider.GetRequiredService<ILogger<CartridgeTraining>>()));
                services.AddHostedService(provider => provider.GetRequiredService<CartridgeTraining>());
            }
        }

        services.AddSingleton<CubeWhereabouts>();
        services.AddSingleton<WireTasks>();
        services.AddScoped(provider => Meant(provider.GetRequiredService<CallerVaults>()));
        services.AddMcpServer(McpSetup.Configure).WithHttpTransport(http => http.Stateless = true).WithMemories();
        services.AddOpenApi("v1", OpenApiText.Configure);
    }

    private static IMemoryClient Meant(CallerVaults vaults) => vaults.CreateClient(vaults.Meant(), create: true);

    // These stand in requests and in answers. A request is refused when it says what nobody understands (a right that is misspelled would not hold); a client that reads an
    // answer takes what a newer server adds.
    private static void RefuseUnknownMembers(JsonTypeInfo type)
    {
        if (type.Type == typeof(GovernanceRecord) || type.Type == typeof(TimeWindow))
        {
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // answers are application/json and nosniff, never HTML
        json.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default.WithAddedModifier(RefuseUnknownMembers));
        json.TypeInfoResolverChain.Insert(1, ProductJsonContext.Default);
    }

    private static void Map(WebApplication app, RequestGateOptions gate)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => FailureWriter.WriteStatusAsync(context.HttpContext));
        app.UseMiddleware<RequestGate>(gate);
        app.Use(McpSetup.RequireJson);
        app.UseRouting();
        app.Use(VaultInPath.Decode);
        app.MapGet("/health", () => TypedResults.Ok(new HealthResponse { Version = Version })).WithSummary("Whether the server answers. Needs no key.").WithTags("Server");
        app.MapOpenApi();
        app.MapNative();
        app.MapProduct();
        app.MapOpenMem();
        app.MapOpenAI();
        app.MapMcp("/mcp");
    }

    private static void Announce(ServerSettings settings, AdminKey? key, IServer server)
    {
        string address = string.Join(' ', server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        settings.Output.WriteLine(key is null
            ? $"MemOS {Version} listens on {address}. No key is asked for."
            : $"MemOS {Version} listens on {address}. The admin key is in {key.File}.");
        if (key is { IsNew: true })
        {
            settings.Output.WriteLine($"Admin key (shown once): {key.Reveal()}");
        }
    }
}
